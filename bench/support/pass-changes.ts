import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Context } from '../../src/app/context.ts'
import { readSync } from '../../src/app/sync/read-sync.ts'
import { runSync } from '../../src/app/sync/run-sync.ts'
import { readEnvironment } from '../../src/cli/environment.ts'
import { runFolder } from '../../src/run/run-record.ts'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import type { ChangeWay } from './change-ways.ts'
import { type ChangingMembers, type FileMember, type MemberField, changingMembers } from './changing-members.ts'
import { seededRandom } from './night-model.ts'

const FIRST_NIGHT = Date.parse('2026-01-01T02:30:00Z')
const NIGHT_MS = 86_400_000

/** What the nights came to. */
export interface ChangesEnd {
  readonly members: number
  readonly changed: number
  readonly sent: number
  readonly excused: number
  readonly requests: number
  /** Members who were sent, or changed, unasked. */
  readonly wrong: readonly string[]
  /** Fields that are not as the last file has them, of which no report says why. */
  readonly untold: readonly string[]
}

export interface ChangesOptions {
  readonly folder: string
  readonly nights: number
  readonly members: number
  readonly way: ChangeWay
  /** Absent: the embedded broker. */
  readonly redisUrl: string | undefined
  readonly onNight?: (night: number) => void
}

/**
 * Lets nights pass, by a clock that is set, in each of which some members change; compares what is stored of them at the
 * end with the last file and the reports of all nights. Syncs are called in this process.
 */
export async function passChanges(options: ChangesOptions): Promise<ChangesEnd> {
  const { nights, members: count, way, redisUrl } = options
  const folder = mkdtempSync(join(options.folder, 'changes-'))
  const inbox = join(folder, 'inbox')
  mkdirSync(inbox)
  writeFileSync(join(folder, 'plan.yaml'), way.plan)
  writeFileSync(join(folder, 'nightly.yaml'), SYNC)
  const simulator = await startSimulator({ seed: 1, org: way.org, faults: FAULTS })
  const members = changingMembers(count, seededRandom(1))
  /** What a report said of a member's field. */
  const excused = new Map<string, Set<MemberField>>()
  const wrong: string[] = []
  let changed = 0
  let sent = 0
  try {
    for (let night = 0; night < nights; night++) {
      options.onNight?.(night)
      const news = night === 0 ? undefined : members.pass(night)
      const before = new Map(simulator.profiles().map(({ id, updates }) => [id, updates.v1 + updates.v2]))
      writeFileSync(join(inbox, `night-${String(night).padStart(4, '0')}.csv`), members.file())
      const rows = await passNight({ folder, night, simulator, redisUrl })
      if (rows.length !== members.all.length) wrong.push(`night ${night} has ${rows.length} rows`)
      for (const row of rows) {
        const id = row['id'] ?? ''
        const what = news === undefined ? 'new' : news.get(id)
        if (what !== undefined) changed += 1
        if (Number(row['_attempts']) > 0) sent += 1
        if (what === undefined && (row['_attempts'] !== '0' || row['_status'] !== 'skipped')) {
          wrong.push(`night ${night} sent ${id}: ${row['_status']} ${row['_message']}`)
        }
        if (what !== undefined && what !== 'new' && saysWhyNot(row)) {
          excused.set(id, (excused.get(id) ?? new Set()).add(what))
        }
      }
      for (const { id, identifiers, updates } of simulator.profiles()) {
        const key = identifiers.find((name) => name.startsWith('externalId:'))?.slice('externalId:'.length) ?? ''
        const times = updates.v1 + updates.v2
        if (before.has(id) && times !== before.get(id) && news?.has(key) !== true) {
          wrong.push(`night ${night} changed ${key} unasked`)
        }
      }
    }
    return {
      members: members.all.length,
      changed,
      sent,
      excused: [...excused.values()].reduce((sum, fields) => sum + fields.size, 0),
      requests: Object.values(simulator.stats().lanes).reduce((sum, { arrivals }) => sum + arrivals, 0),
      wrong: [...wrong, ...(simulator.stats().doubleRegistrations > 0 ? ['somebody was registered twice'] : [])],
      untold: compare(members, simulator, excused),
    }
  } finally {
    await simulator.close()
  }
}

interface Night {
  readonly folder: string
  readonly night: number
  readonly simulator: Simulator
  readonly redisUrl: string | undefined
}

/** The lines of the night's results.csv. */
async function passNight({ folder, night, simulator, redisUrl }: Night): Promise<readonly Record<string, string>[]> {
  const due = FIRST_NIGHT + night * NIGHT_MS
  const home = join(folder, 'home')
  const context: Context = {
    environment: {
      ...readEnvironment({ home }),
      redisUrl,
      now: () => due,
      api: () => ({ baseUrl: simulator.url, credentials: { kind: 'basic', username: 'bench', password: 'bench' } }),
    },
    on: () => {},
    signal: new AbortController().signal,
  }
  const end = await runSync(readSync(join(folder, 'nightly.yaml')), { force: false, workers: true, due }, context)
  const run = end.executions.at(-1)?.execution.run
  if (run === undefined) throw new Error(`night ${night} has no run: ${JSON.stringify(end)}`)
  const text = readFileSync(join(runFolder(home, run).path, 'results.csv'), 'utf8')
  return parse<Record<string, string>>(text, { columns: true })
}

/** A row that is not done as the file has it, and what is to be read of it in the report. */
function saysWhyNot({ _status: status, _message: message }: Readonly<Record<string, string>>): boolean {
  return status !== 'ok' && (message ?? '') !== ''
}

function compare(
  members: ChangingMembers,
  simulator: Simulator,
  excused: ReadonlyMap<string, ReadonlySet<MemberField>>,
): readonly string[] {
  return members.all.flatMap((member) =>
    unlike(member, simulator)
      .filter((field) => field === 'new' || excused.get(member.id)?.has(field) !== true)
      .map((field) => `${member.id}: ${field}`),
  )
}

function unlike(member: FileMember, simulator: Simulator): readonly (MemberField | 'new')[] {
  const profile = simulator.profile('externalId', member.id)
  if (profile === undefined) return ['new']
  const stored: Readonly<Record<MemberField, string | undefined>> = {
    name: profile.fields['firstName'],
    city: profile.fields['extendedFields.city'],
    tier: profile.tiers['Goldstar']?.tier,
    mobile: profile.identifiers.find((name) => name.startsWith('mobile:'))?.slice('mobile:'.length),
  }
  return (Object.keys(stored) as MemberField[]).filter((field) => stored[field] !== member[field])
}

/** The wire is not perfect, and neither are the replies. */
const FAULTS = {
  lostAfter: 0.01,
  lostBefore: 0.01,
  http503: 0.01,
  busy521: 0.01,
  brokenJson: 0.01,
  v1Fewer: 0.01,
  v1Bare: 0.01,
  v1None: 0.01,
  programsMissing: 0.01,
}

const SYNC = `
plan: plan.yaml
source: inbox/*.csv
ready: renamed
schedule: { cron: "30 2 * * *", zone: UTC }
keep: { for: 3d, at_least: 2 }
`
