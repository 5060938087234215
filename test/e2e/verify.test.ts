import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { type TestContext, describe, expect, test } from 'vitest'
import type { SimulatorOptions } from '../../src/simulator/options.ts'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, kill, latestRun, placeOn, readReport, readSummary, run, start, write } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const brokers = [{ broker: 'embedded' }, ...(hasRedis ? [{ broker: 'Redis' }] : [])]
// The broker plays no part in most of it.
const quickest = hasRedis ? 'Redis' : 'embedded'
const ROWS = 120

const plan = `
rows: { key: external_id }
limits: { register: none, link: none, balance: none }
retry: { attempts: 1 }
register:
  body:
    profiles:
      - identifiers:
          - { type: mobile, value: "\${mobile}" }
          - { type: externalId, value: "\${external_id}" }
        source: INSTORE
    loyaltyProgramEnrollments:
      - { programId: 469, loyaltyPoints: "\${points | number}" }
      - { programId: 470, loyaltyPoints: "\${more | number}" }
`

/** Members with points in one program or in two, who are called so. */
function membersCsv(count: number, name = (at: number) => `M-${at}`): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const at = index + 1
    return `${name(at)},91980${String(at).padStart(7, '0')},${at % 5 === 0 ? '' : 50 + at},${at % 3 === 0 ? 10 : ''}`
  })
  return `external_id,mobile,points,more\n${rows.join('\n')}\n`
}

test.for(brokers)(
  'points tampered for 20 members: exactly those are found, on the $broker broker',
  async ({ broker }, context) => {
    const { where, simulator, id } = await imported(context, { broker, csv: membersCsv(ROWS) })
    const before = simulator.stats().lanes
    expect((await run(where, ['show', id])).stdout).toContain(`rollcall verify ${id}`)
    const clean = await run(where, ['verify', id])
    expect(clean.status, clean.stderr).toBe(0)
    expect(clean.stdout).toContain(`all ${ROWS} members are as run ${id} recorded`)
    const tampered = Array.from({ length: 20 }, (_, at) => `M-${at * 6 + 1}`)
    for (const name of tampered) expect(simulator.addPoints('externalId', name, -1)).toBe(true)
    // More points than were promised are no difference.
    simulator.addPoints('externalId', 'M-2', 100)

    const { status, stdout, stderr } = await run(where, ['verify', id])

    expect(status, stderr).toBe(3)
    expect(stdout).toContain(`20 of ${ROWS} members are not as run ${id} recorded`)
    const found = readVerdicts(where)
    expect(found.map(({ row }) => row)).toEqual(Array.from({ length: ROWS }, (_, at) => String(at + 1)))
    expect(found.filter(({ result }) => result !== 'verified').map(({ key }) => key)).toEqual(tampered)
    expect(found[0]).toMatchObject({
      line: '2',
      key: 'M-1',
      result: 'differs',
      points_expected: '469: 51',
      points_found: '469: 50',
      verdict: 'fewer points than registration promised',
    })
    expect(found[0]?.['found_id']).toBe(found[0]?.['expected_id'])
    // Of those in two programs, both are looked at.
    expect(found[2]).toMatchObject({ points_expected: '469: 53; 470: 10', points_found: '469: 53; 470: 10' })
    const story = await run(where, ['show', 'latest-verify', '--row', '1'])
    expect(story.stdout).toContain('identifierName')
    expect(story.stdout).toContain('fewer points than registration promised')
    // The report of the run says so, too.
    const page = readFileSync(join(where.home, 'runs', id, 'report.html'), 'utf8')
    expect(page).toContain(`${ROWS} members looked up: ${ROWS - 20} as recorded, 20 not as recorded, or not there.`)
    // It only asks.
    expect(simulator.stats().lanes).toMatchObject({
      register: before.register,
      link: before.link,
      lookup: before.lookup,
    })
    expect(readSummary(where)).toMatchObject({ rows: ROWS, rejected: 20, lanes: { balance: { limit_rpm: null } } })
  },
)

describe('a member', () => {
  test('who is gone, or is there under another id, is found out', async (context) => {
    const { where, simulator, id } = await imported(context, { csv: membersCsv(4) })
    simulator.forget('externalId', 'M-2')
    simulator.forget('externalId', 'M-3')
    const { csv: again } = await importMore(where, membersCsv(4).split('\n').slice(3, 4))
    expect(again).toContain('M-3')

    const { status } = await run(where, ['verify', id])

    expect(status).toBe(3)
    expect(readVerdicts(where)).toMatchObject([
      { result: 'verified' },
      { result: 'missing', found_id: '', what_to_do: expect.stringContaining('deleted') as string },
      { result: 'differs', verdict: expect.stringContaining('another customer id') as string },
      { result: 'verified' },
    ])
  })

  test('is found by the primary identifier, whichever that is', async (context) => {
    const options = { primaryIdentifier: 'externalId' }
    const { where, simulator, id } = await imported(context, { csv: membersCsv(6), simulator: options })
    const { status, stderr } = await run(where, ['verify', id])
    expect(status, stderr).toBe(0)
    // By the mobile first, and then by both: those in two programs take a request more.
    expect(simulator.stats().lanes.balance.arrivals).toBe(6 * 2 + 2)
  })

  test('whose import had no final answer is settled: there, and the row is done; or not there', async (context) => {
    // The first two were registered though their replies said otherwise: here, by somebody else meanwhile.
    const names = ['SIM-521-1', 'SIM-521-2', 'SIM-521-3', 'M-4']
    const { where, simulator, id } = await imported(context, { csv: membersCsv(4, (at) => names[at - 1] ?? '') })
    expect(readReport(where, 'results.csv').map((row) => row['_status'])).toEqual(['failed', 'failed', 'failed', 'ok'])
    await importMore(where, ['A-1,919800000001,51,', 'A-2,919800000002,52,'])

    const { status } = await run(where, ['verify', id])

    expect(status).toBe(3)
    expect(readVerdicts(where).map(({ result }) => result)).toEqual(['found', 'found', 'missing', 'verified'])
    const before = simulator.stats().lanes.register.arrivals
    const dry = await run(where, ['rerun', id, '--dry-run'])
    expect(dry.stdout).toContain('1 row of run')
    const shown = await run(where, ['show', id])
    expect(shown.stdout).toContain('after all 2 runs over it: 4 rows, 3 ok, 1 failed.')
    expect(shown.stdout).toContain(`rollcall rerun ${id} --only failed`)
    expect((await run(where, ['rerun', id])).status).toBe(3)
    expect(readReport(where, 'results.csv').map((row) => row['_row'])).toEqual(['3'])
    expect(simulator.stats().lanes.register.arrivals).toBe(before + 1)
  })

  test('whom a rerun has registered stays done when the rerun is verified', async (context) => {
    const { where, id } = await imported(context, { csv: membersCsv(4, (at) => `SIM-521x1-${at}`) })
    expect((await run(where, ['rerun', id])).status).toBe(0)

    expect((await run(where, ['verify', basename(latestRun(where.home))])).status).toBe(0)

    const shown = await run(where, ['show', id])
    expect(shown.stdout).toContain('after all 3 runs over it: 4 rows, 4 ok.')
  })
})

describe('a verification is a run', () => {
  test.for(brokers)('killed in the middle, verify goes on, on the $broker broker', async ({ broker }, context) => {
    const { where, simulator, id } = await imported(context, {
      broker,
      csv: membersCsv(ROWS),
      simulator: { latencyMs: 100 },
    })
    const verifying = start(where, ['verify', id])
    await until('some were looked up', () => simulator.stats().lanes.balance.arrivals > 30)
    await kill(verifying)
    const begun = basename(latestRun(where.home))

    const { status, stderr } = await run(where, ['verify', id])

    expect(status, stderr).toBe(0)
    expect(stderr).toContain(`Run ${begun}: going on.`)
    expect(basename(latestRun(where.home))).toBe(begun)
    expect(readVerdicts(where).filter(({ result }) => result === 'verified')).toHaveLength(ROWS)
  })

  test.skipIf(!hasRedis)('workers elsewhere do it as well', async (context) => {
    const { where, id } = await imported(context, { csv: membersCsv(10) })
    start(where, ['worker', '--lane', 'balance'])
    const { status, stderr } = await run(where, ['verify', id, '--no-workers'])
    expect(status, stderr).toBe(0)
  })

  test('Ctrl-C ends it with status 4, and resume goes on', async (context) => {
    const { where, simulator, id } = await imported(context, { csv: membersCsv(ROWS), simulator: { latencyMs: 100 } })
    const verifying = start(where, ['verify', id])
    await until('some were looked up', () => simulator.stats().lanes.balance.arrivals > 30)
    verifying.child.kill('SIGINT')
    const paused = await verifying.finished
    expect(paused.status, paused.stderr).toBe(4)
    expect(paused.stdout).toContain(`rollcall resume ${basename(latestRun(where.home))}`)
    expect(existsSync(join(latestRun(where.home), 'verify.csv'))).toBe(true)

    const { status, stderr } = await run(where, ['resume', 'latest-verify'])

    expect(status, stderr).toBe(0)
    expect(readVerdicts(where)).toHaveLength(ROWS)
  })

  test('its file may be gone, and its run is not imported twice for it', async (context) => {
    const { where, id } = await imported(context, { csv: membersCsv(3) })
    await run(where, ['verify', id])
    const again = await run(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
    expect(again.status).toBe(2)
    expect(again.stderr).toContain(id)
    const { stderr } = await run(where, ['rerun', 'latest-verify'])
    expect(stderr).toContain(`rerun ${id}`)
  })
})

function readVerdicts({ home }: Place): Record<string, string>[] {
  return parse(readFileSync(join(latestRun(home), 'verify.csv')), { columns: true })
}

/** Imports other members in a run of their own, as somebody else might. */
async function importMore(where: Place, rows: readonly string[]): Promise<{ csv: string }> {
  const csv = `external_id,mobile,points,more\n${rows.join('\n')}\n`
  write(where, 'more.csv', csv)
  await run({ ...where, env: { ...where.env, ROLLCALL_HOME: join(where.folder, 'other') } }, [
    'import',
    'more.csv',
    '--plan',
    'plan.yaml',
  ])
  return { csv }
}

async function imported(
  { onTestFinished }: TestContext,
  { broker = quickest, csv, simulator: options = {} }: { broker?: string; csv: string; simulator?: SimulatorOptions },
): Promise<{ where: Place; simulator: Simulator; id: string }> {
  const simulator = await startSimulator(options)
  onTestFinished(() => simulator.close())
  const redis = broker === 'Redis' ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  const where = await placeOn(simulator.url, redis)
  write(where, 'members.csv', csv)
  write(where, 'plan.yaml', plan)
  await run(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
  return { where, simulator, id: basename(latestRun(where.home)) }
}
