import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Finished, type Place, placeOn, start, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { commandsIn, paste, withRollcall } from '../support/shell.ts'
import { until } from '../support/wait.ts'
import { listen } from '../notify/listener.ts'
import { csvOf, members, syncPlace } from '../sync/sync-place.ts'

const FILE = "Asha's list.csv"
const PLAN = 'the "first" plan.yaml'
const HOME = "it's at home"
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`
const there = `--home ${quoted(HOME)}`

/** Every command that rollcall prints to go on with is pasted as it stands, from the same folder. */
describe.runIf(hasRedis)('a command that is printed works when it is pasted', () => {
  let simulator: Awaited<ReturnType<typeof startSimulator>>
  let redis: Awaited<ReturnType<typeof startRedis>>
  beforeAll(async () => {
    simulator = await startSimulator({ port: 0, latencyMs: 0 })
    redis = await startRedis()
    return async () => {
      await simulator.close()
      await redis.close()
    }
  })

  type Later = Parameters<typeof placeOn>[2]
  /** A place whose folder, files and home have spaces and quotes in their names. */
  async function openPlace(later: Later): Promise<Place> {
    const where = withRollcall(await placeOn(simulator.url, redis, later))
    const folder = join(where.folder, "Members' files")
    mkdirSync(folder)
    return { ...where, folder, home: join(folder, HOME) }
  }

  test('from a proposed plan to rows that are mended and verified', { timeout: 600_000 }, async (context) => {
    const where = await openPlace(context.onTestFinished)
    write(where, FILE, 'id,mobile,email\nM-1,9876543210,a@example.com\nM-2,12,b@example.com\nSIM-8017-1,9876543212,\n')
    const proposed = await paste(where, `rollcall init ${quoted(FILE)} --out ${quoted(PLAN)} --country IN`)
    expect(commandsIn(allOf(proposed))).toEqual([`rollcall check ${quoted(FILE)} --plan ${quoted(PLAN)}`])
    const seen = new Set<string>()
    const checked = await paste(where, `rollcall check ${quoted(FILE)} --plan ${quoted(PLAN)} ${there}`)
    expect(await follow(where, allOf(checked), seen)).toEqual([
      `rollcall import ${quoted(FILE)} --plan ${quoted(PLAN)} ${there}`,
      `cp -i 'it'\\''s at home/runs/RUN/rejects.csv' MENDED.csv`,
      `rollcall rerun RUN --from MENDED.csv ${there}`,
      `rollcall verify RUN ${there}`,
    ])

    const page = unescaped(readFileSync(join(firstRun(where), 'report.html'), 'utf8'))
    const copied = [...page.matchAll(/<code>([^]*?)<\/code>/g)].map(([, command]) => command ?? '')
    expect(copied.length).toBeGreaterThan(1)
    const again = await paste(where, `rollcall import ${quoted(FILE)} --plan ${quoted(PLAN)} ${there}`)
    const looked = await paste(where, `rollcall doctor ${quoted(FILE)} --plan ${quoted(PLAN)} ${there}`)
    for (const name of ['report.html', 'results.csv', 'rejects.csv', 'summary.json'])
      rmSync(join(firstRun(where), name), { force: true })
    const shown = await paste(where, `rollcall show ${basename(firstRun(where))} ${there}`)
    const all = await follow(where, [...copied, again.stderr, allOf(looked), shown.stdout].join('\n'), seen)
    expect(all.slice(4)).toEqual([
      `rollcall rerun RUN ${there}`,
      `rollcall check ${quoted(FILE)} --plan ${quoted(PLAN)} ${there}`,
      `rollcall report RUN ${there}`,
    ])
  })

  test('a run that was interrupted, and told so, and one that halted', { timeout: 600_000 }, async (context) => {
    const { url, posted } = await listen([], context.onTestFinished)
    const where = await openPlace(context.onTestFinished)
    write(where, FILE, membersCsv(200))
    write(where, PLAN, membersPlan.replace('register: none', 'register: 3000'))
    const before = simulator.stats().registrations
    const args = ['import', FILE, '--plan', PLAN, '--home', HOME, '--notify', url.href]
    const running = start({ ...where, env: { ...where.env, ROLLCALL_INVOKED_AS: 'rollcall' } }, args)
    await until('some are registered', () => simulator.stats().registrations > before)
    running.child.kill('SIGINT')
    const stopped = await running.finished
    expect(stopped.status, stopped.stderr).toBe(4)
    const [told = ''] = posted.map(({ body }) => (JSON.parse(body) as { text: string }).text)
    const [resume = ''] = commandsIn(told)
    expect(resume).toContain(`--home ${quoted(where.home)}`)
    expect(commandsIn(stopped.stdout)).toEqual([expect.stringMatching(/^rollcall resume \S+ --home /)])
    expect((await paste(where, resume, '/')).status).toBe(0)

    write(where, 'bad.csv', membersCsv(40).replaceAll(/^M-([1-4]),/gm, 'SIM-8017-$1,'))
    write(
      where,
      'bad.yaml',
      `${membersPlan.replace('register: none', 'register: 600')}stop_when: { rejected: 50%, after: 2 }\n`,
    )
    const halted = await paste(where, `rollcall import bad.csv --plan bad.yaml ${there}`)
    expect(halted.status, halted.stderr).toBe(4)
    const [goOn = ''] = commandsIn(halted.stdout)
    const resumed = await paste(where, goOn)
    expect(resumed.status, resumed.stderr).toBe(3)
  })

  test('a sync that holds a file back', { timeout: 600_000 }, async (context) => {
    const where = await openPlace(context.onTestFinished)
    const sync = syncPlace(where)
    sync.land('one.csv', csvOf(members(1, 20)))
    expect((await paste(where, `rollcall sync run nightly.yaml ${there}`)).status).toBe(0)
    sync.land('two.csv', csvOf(members(1, 5)))
    const held = await paste(where, `rollcall sync run nightly.yaml ${there}`)
    expect(held.status, held.stderr).toBe(4)
    expect(await follow(where, held.stdout)).toContain(`rollcall sync run ${quoted(sync.sync)} --force ${there}`)
  })
})

/** Pastes what was printed, and what these print in turn: one of each kind. Gives the kinds. */
async function follow(where: Place, printed: string, seen = new Set<string>()): Promise<readonly string[]> {
  for (const command of commandsIn(printed)) {
    const kind = command.replaceAll(/\d{8}-\d{6}-\S*-[\da-f]{4}/g, 'RUN').replaceAll(/mended-[\da-f]{4}/g, 'MENDED')
    if (seen.has(kind)) continue
    seen.add(kind)
    const done = await paste(where, command)
    expect([0, 3], `${command}\n${done.stdout}${done.stderr}`).toContain(done.status)
    await follow(where, allOf(done), seen)
  }
  return [...seen]
}

function allOf({ stdout, stderr }: Finished): string {
  return `${stderr}\n${stdout}`
}

/** The folder of the first run: an import, and none of those that came of it. */
function firstRun({ home }: Place): string {
  const [first = ''] = readdirSync(join(home, 'runs'))
    .filter((name) => !name.startsWith('.'))
    .toSorted()
  return join(home, 'runs', first)
}

function unescaped(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll(/&#39;|&#x27;|&apos;/g, "'")
    .replaceAll('&amp;', '&')
}
