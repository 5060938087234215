import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { MemberRecord } from '../../src/simulator/books.ts'
import { latestExecutions } from '../../src/sync/executions.ts'
import { openStore } from '../../src/sync/store.ts'
import { type NightKind, type Roll, expectedNews, kindOf, openRoll } from './night-model.ts'
import { passScheduledNight } from './scheduled-night.ts'
import { clockAt } from './set-clock.ts'

export interface NightsOptions {
  readonly folder: string
  readonly nights: number
  readonly members: number
  readonly baseUrl: string
  readonly redisUrl: string
  readonly seed: number
  /** Node's options and the script, as `npm run rollcall` has them. */
  readonly command: readonly string[]
  readonly onNight?: (night: number, kind: NightKind) => void
}

/** What the nights came to, and what they should have. */
export interface NightsEnd {
  readonly kinds: Readonly<Record<NightKind, number>>
  readonly told: readonly string[]
  readonly expectedTold: readonly string[]
  /** Members whose state at the end, or whose requests, are not what they should be, and times that did not fire once. */
  readonly wrong: readonly string[]
  readonly members: number
  readonly requests: number
}

const NIGHT_MS = 86_400_000
const FIRST_NIGHT = Date.parse('2026-01-01T02:30:00Z')
/** A scheduler is started so long before its time: about what it takes to start. */
const LEAD_MS = 1_500
/** Within so long, a process that is to be killed is. */
const KILL_WITHIN_MS = 2_500

const plan = `
rows: { key: id }
limits: { register: none, link: none }
outage: 1s
register:
  body:
    profiles:
      - firstName: \${name}
        identifiers:
          - { type: externalId, value: "\${id}" }
        source: INSTORE
link:
  customer: { externalId: "\${id}" }
  linkToPartnerPrograms:
    - partnerProgramName: Goldstar
      customerPartnerReference: { partnerMembershipId: "\${card}" }
`

const syncFile = `
plan: plan.yaml
source: inbox/*.csv
ready: renamed
schedule: { cron: "30 2 * * *", zone: UTC }
tell: [{ webhook: HOOK, on: [finished, problems, halted, guard, missed, recovered] }]
keep: { for: 3d, at_least: 2 }
`

/**
 * Lets so many nights pass, one after the other, by a clock that is set: each with a file of members, some of them new,
 * changed, gone or back; now and then a broken file, a file twice, a night without one, a night without a scheduler, an
 * outage, a process that is killed in the middle, and a scheduler that is. Compares what came of it with a model.
 */
export async function passNights(options: NightsOptions): Promise<NightsEnd> {
  const { folder, nights, baseUrl, redisUrl, command, seed } = options
  const inbox = join(folder, 'inbox')
  mkdirSync(inbox, { recursive: true })
  writeFileSync(join(folder, 'plan.yaml'), plan)
  writeFileSync(join(folder, 'nightly.yaml'), syncFile)
  const hook = await listen()
  const home = join(folder, 'home')
  const env = {
    ROLLCALL_BASE_URL: baseUrl,
    ROLLCALL_KEY: 'key',
    ROLLCALL_SECRET: 'secret',
    ROLLCALL_HOME: home,
    REDIS_URL: redisUrl,
    HOOK: hook.url,
  }
  const roll = openRoll(options.members, seed)
  const kinds = { usual: 0, broken: 0, twice: 0, none: 0, missed: 0, outage: 0, crash: 0, scheduler: 0 }
  const passed: NightKind[] = []
  const scheduled: number[] = []
  let lastFile = ''
  let missedDue: number | undefined
  try {
    for (let night = 0; night < nights; night++) {
      const due = FIRST_NIGHT + night * NIGHT_MS
      const kind = kindOf(night, nights, seed)
      kinds[kind]++
      passed.push(kind)
      options.onNight?.(night, kind)
      const land = (text: string | Buffer) => {
        const path = join(inbox, `night-${String(night).padStart(4, '0')}.csv`)
        writeFileSync(`${path}.part`, text)
        utimesSync(`${path}.part`, due / 1000, due / 1000)
        renameSync(`${path}.part`, path)
      }
      if (kind === 'missed') {
        missedDue ??= due
        continue
      }
      const args = ['--due', new Date(missedDue ?? due).toISOString()]
      const call = { folder, command, args, env: { ...env, ...clockAt(due) } }
      missedDue = undefined
      const sync = (killAfterMs?: number) => runOnce(call, killAfterMs)
      if (kind === 'broken') land(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1, 2, 3, night % 256]))
      else if (kind === 'twice') land(lastFile)
      else if (kind !== 'none') {
        lastFile = roll.pass(night, kind)
        land(lastFile)
      }
      if (kind === 'outage') await control(baseUrl, 'outage', { on: true })
      if (kind === 'crash') await sync(roll.chance(KILL_WITHIN_MS))
      if (kind === 'scheduler') {
        const kill = scheduled.push(due) % 2 === 1 ? 'all' : 'scheduler'
        const killAfterMs = roll.chance(LEAD_MS + KILL_WITHIN_MS)
        const clocked = { ...env, ...clockAt(due - LEAD_MS) }
        await passScheduledNight({ folder, home, command, env: clocked, due, killAfterMs, kill })
      } else await sync()
      if (kind === 'outage') await control(baseUrl, 'outage', { on: false })
    }
    // What the last nights left open is gone on with.
    await runOnce({ folder, command, args: [], env: { ...env, ...clockAt(FIRST_NIGHT + nights * NIGHT_MS) } })
  } finally {
    hook.close()
  }
  const found = (await (await fetch(`${baseUrl}/_simulator/members`)).json()) as readonly MemberRecord[]
  return {
    kinds,
    told: hook.events,
    expectedTold: expectedNews([...passed, 'none']),
    wrong: [...compare(roll, found), ...notOnce(home, scheduled)],
    members: roll.size,
    requests: found.reduce((sum, { arrivals }) => sum + arrivals.register + arrivals.link, 0),
  }
}

function compare(roll: Roll, found: readonly MemberRecord[]): string[] {
  const wrong: string[] = []
  const members = new Map(found.map((member) => [member.key.replace(/^.*:/, ''), member]))
  for (const [id, expected] of roll.expected()) {
    const member = members.get(id)
    if (member?.id === undefined) wrong.push(`${id} is not registered`)
    else {
      const { created, arrivals, links } = member
      if (created !== 1) wrong.push(`${id} was registered ${created} times`)
      if (links['Goldstar'] === undefined) wrong.push(`${id} is not linked`)
      const extra = expected.disturbed ? EXTRA : 0
      if (arrivals.register < 1 || arrivals.register > 1 + extra)
        wrong.push(`${id}: ${arrivals.register} registrations sent`)
      if (arrivals.link < expected.links || arrivals.link > expected.links + extra) {
        wrong.push(`${id}: ${arrivals.link} links sent, ${expected.links} expected`)
      }
    }
    members.delete(id)
  }
  return [...wrong, ...[...members.keys()].map((id) => `${id} was never in a file that was imported`)]
}

/** The times of a scheduler that it did not fire once. */
function notOnce(home: string, times: readonly number[]): string[] {
  const store = openStore(home, 'nightly')
  const fired = latestExecutions(store, MOST_EXECUTIONS).map(({ due }) => due)
  store.close()
  return times.flatMap((time) => {
    const often = fired.filter((due) => due === time).length
    return often === 1 ? [] : [`${new Date(time).toISOString()} fired ${often} times`]
  })
}

const MOST_EXECUTIONS = 10_000

/** A request that was under way when a process died, or the host went away, is made again. */
const EXTRA = 20

interface Call {
  readonly folder: string
  readonly command: readonly string[]
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

async function runOnce({ folder, command, args, env }: Call, killAfterMs?: number): Promise<void> {
  const child = spawn(process.execPath, [...command, 'sync', 'run', 'nightly.yaml', ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)))
  const closed = once(child, 'close') as Promise<[number | null]>
  if (killAfterMs !== undefined) {
    await Promise.race([delay(killAfterMs), closed])
    child.kill('SIGKILL')
  }
  const [status] = await closed
  if (status === 1 || status === 2) throw new Error(`sync run ended with ${status}: ${said}`)
}

async function control(baseUrl: string, what: string, body: object): Promise<void> {
  await fetch(`${baseUrl}/_simulator/${what}`, { method: 'POST', body: JSON.stringify(body) })
}

/** Hears what is told; what is told again under the same id counts once. */
async function listen() {
  const events: string[] = []
  const ids = new Set<string | undefined>()
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      const id = request.headers['webhook-id']
      if (typeof id === 'string' && !ids.has(id)) events.push((JSON.parse(body) as { event: string }).event)
      ids.add(String(id))
      response.end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { url: `http://127.0.0.1:${port}/`, events, close: () => server.close() }
}
