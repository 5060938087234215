import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type TestContext, describe, expect, test } from 'vitest'
import type { SimulatorOptions } from '../../src/simulator/options.ts'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, kill, latestRun, placeOn, readReport, readSummary, run, start, write } from '../support/cli.ts'
import { membersPlan } from '../support/members.ts'
import { mend, toCsv } from '../support/mended-sample.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const samples = fileURLToPath(new URL('../../samples/', import.meta.url))
const brokers = [{ broker: 'embedded' }, ...(hasRedis ? [{ broker: 'Redis' }] : [])]
// The broker plays no part in most of it.
const quickest = hasRedis ? 'Redis' : 'embedded'
const IMPORT = ['import', 'members.csv', '--plan', 'plan.yaml']

/** One attempt, so that a member who is busy once has failed. */
const plan = `${membersPlan}retry: { attempts: 1 }\n`
/** The first is fine; the second is refused; the third and the fourth are busy once; the last is never sent. */
const members = `external_id,name,mobile,membership
M-1,Name,919800000001,G-1
SIM-8017-2,Name,919800000002,G-2
SIM-521x1-3,Name,919800000003,G-3
SIM-521x1-4,Name,919800000004,G-4
M-5,Name
`

test.for(brokers)(
  'rejects.csv, mended by a script: all rows then ok, on the $broker broker',
  async ({ broker }, context) => {
    const { where, simulator } = await prepare(context, { broker })
    const samplePlan = readFileSync(join(samples, 'members.plan.yaml'), 'utf8')
    write(where, 'plan.yaml', samplePlan.replace(/^limits: .*$/m, 'limits: { register: none, link: none }'))
    const first = await run(where, ['import', join(samples, 'members.csv'), '--plan', 'plan.yaml'])
    const id = basename(latestRun(where.home))
    expect(first.stdout).toContain(`rollcall rerun ${id} --from`)
    const rejects = readReport(where, 'rejects.csv')
    write(where, 'mended.csv', toCsv(rejects.map(mend)))
    const before = simulator.stats()

    const { status, stdout, stderr } = await run(where, ['rerun', id, '--from', 'mended.csv'])

    expect(status, stderr).toBe(0)
    expect(stdout).toContain(`all ${rejects.length} rows done`)
    const after = readReport(where, 'results.csv')
    expect(after.map((row) => row['_status'])).toEqual(rejects.map(() => 'ok'))
    // They are the rows that they were.
    for (const name of ['_row', '_line']) expect(after.map((row) => row[name])).toEqual(rejects.map((row) => row[name]))
    // Who could not be linked is registered already: linked now, and not registered again.
    const linkOnly = rejects.filter((row) => row['_register'] === 'registered' || row['_register'] === 'exists')
    expect(linkOnly.length).toBeGreaterThan(0)
    const { lanes, exists } = simulator.stats()
    expect(lanes.register.arrivals - before.lanes.register.arrivals).toBe(rejects.length - linkOnly.length)
    expect(exists).toBe(before.exists)
    const copied = after.filter(({ _row }) => linkOnly.some((row) => row['_row'] === _row))
    expect(copied.map((row) => row['_customer_id'])).toEqual(linkOnly.map((row) => row['_customer_id']))
    // The copy is the run's own.
    write(where, 'mended.csv', 'spoilt')
    const again = await run(where, ['rerun', basename(latestRun(where.home))])
    expect(again.status, again.stderr).toBe(0)
    expect(again.stdout).toContain('Nothing to send')
  },
)

describe('a rerun from the same file', () => {
  test('sends what did not succeed, under its own numbers, and a finished row never', async (context) => {
    const { where, simulator } = await prepare(context)
    expect((await run(where, IMPORT)).status).toBe(3)
    const id = basename(latestRun(where.home))
    const before = simulator.stats()

    const dry = await run(where, ['rerun', id, '--dry-run'])

    expect(dry.status).toBe(3)
    expect(dry.stdout).toContain(`4 rows of run ${id} would go again: 3 to register, 3 to link; 1 still invalid`)
    expect(simulator.stats().lanes.register.arrivals).toBe(before.lanes.register.arrivals)

    const { status, stderr } = await run(where, ['rerun', id])

    expect(status, stderr).toBe(3)
    expect(statuses(where)).toEqual({ 2: 'rejected', 3: 'ok', 4: 'ok', 5: 'invalid' })
    expect(readSummary(where)).toMatchObject({
      rows: 4,
      ok: 2,
      file: 'members.csv',
      lanes: { register: { requests: 3 } },
    })
    expect(arrivals(simulator, 'M-1')).toEqual({ register: 1, link: 1, lookup: 0 })

    const rerun = basename(latestRun(where.home))
    const family = { runs: [id, rerun], rows: 5, ok: 3, warned: 0, rejected: 1, failed: 0, invalid: 1, skipped: 0 }
    expect(readSummary(where)['family']).toEqual(family)
    // Of the first run or of its rerun: both know how the file stands.
    for (const name of [id, rerun]) {
      const shown = await run(where, ['show', name])
      expect(shown.stdout).toContain('after all 2 runs over it: 5 rows, 3 ok, 1 rejected, 1 invalid.')
      expect(JSON.parse((await run(where, ['show', name, '--json'])).stdout)).toMatchObject({ family })
      const report = (file: string) => readFileSync(join(where.home, 'runs', name, file), 'utf8')
      expect(JSON.parse(report('summary.json'))).toMatchObject({ run: name, family })
      expect(report('report.html')).toContain('The file, after all runs over it')
    }

    // What is done by now is not sent again, whichever of them is named.
    for (const name of [id, rerun]) {
      const third = await run(where, ['rerun', name, '--only', 'rejected,failed'])
      expect(third.status, third.stderr).toBe(3)
      expect(statuses(where)).toEqual({ 2: 'rejected' })
    }
    for (const name of ['SIM-521x1-3', 'SIM-521x1-4']) expect(arrivals(simulator, name)).toMatchObject({ register: 2 })
    expect(simulator.stats().repeats).toEqual({ register: 0, link: 0 })
  })

  test('--only and --code choose among them, and nothing chosen is no run', async (context) => {
    const { where, simulator } = await prepare(context)
    await run(where, IMPORT)
    const runs = readdirSync(join(where.home, 'runs')).length
    const sent = simulator.stats().lanes.register.arrivals

    const none = await run(where, ['rerun', 'latest', '--code', '8018'])

    expect(none.status, none.stderr).toBe(0)
    expect(none.stdout).toContain('Nothing to send')
    const told = await run(where, ['rerun', 'latest', '--code', '8018', '--json'])
    expect(JSON.parse(told.stdout)).toMatchObject({ rows: 0 })
    expect(readdirSync(join(where.home, 'runs'))).toHaveLength(runs)
    await run(where, ['rerun', 'latest', '--code', '8017'])
    expect(statuses(where)).toEqual({ 2: 'rejected' })
    expect(simulator.stats().lanes.register.arrivals).toBe(sent + 1)
  })

  test('a mended plan: only the programs that are not linked yet are asked for', async (context) => {
    const { where, simulator } = await prepare(context, { simulator: { programs: ['Goldstar', 'Silverstar'] } })
    write(where, 'plan.yaml', `${planWith('Sliverstar')}on_exists: reject\n`)
    write(where, 'members.csv', `${members.split('\n').slice(0, 2).join('\n')}\n`)
    await run(where, IMPORT)
    expect(readReport(where, 'results.csv')).toMatchObject([{ _status: 'rejected', _link: 'partial' }])
    write(where, 'mended.yaml', `${planWith('Silverstar')}on_exists: reject\n`)

    const { status, stderr } = await run(where, ['rerun', 'latest', '--plan', 'mended.yaml'])

    expect(status, stderr).toBe(0)
    expect(readReport(where, 'results.csv')).toMatchObject([{ _row: '1', _register: 'registered', _link: 'linked' }])
    expect(simulator.member('externalId', 'M-1')).toMatchObject({ arrivals: { register: 1, link: 2 } })
    expect(simulator.stats()).toMatchObject({ alreadyLinked: 0, linksMade: 2 })
  })

  test('of standard input, by the copy in the run', async (context) => {
    const { where } = await prepare(context)
    await run(where, ['import', '-', '--plan', 'plan.yaml'], members)
    const first = latestRun(where.home)

    const { status, stderr } = await run(where, ['rerun', 'latest', '--only', 'failed'])

    expect(status, stderr).toBe(0)
    expect(statuses(where)).toEqual({ 3: 'ok', 4: 'ok' })
    expect(readFileSync(join(first, 'input'), 'utf8')).toBe(members)
  })

  test('killed in the middle it goes on with the same rows', async (context) => {
    const { where, simulator } = await prepare(context, { simulator: { latencyMs: 300 } })
    const rows = Array.from({ length: 300 }, (_, at) =>
      at % 3 === 0 ? `SIM-521x1-${at},Name,91980${String(at).padStart(7, '0')},G-${at}` : `M-${at},Name`,
    )
    write(where, 'members.csv', `external_id,name,mobile,membership\n${rows.join('\n')}\n`)
    await run(where, IMPORT)
    const rerunning = start(where, ['rerun', 'latest', '--only', 'failed'])
    await until('some are linked', () => simulator.stats().linksMade > 0)
    await kill(rerunning)

    const { status, stderr } = await run(where, ['resume', 'latest'])

    expect(status, stderr).toBe(0)
    const again = rows.flatMap((row, at) => (row.startsWith('SIM') ? [String(at + 1)] : []))
    expect(readReport(where, 'results.csv').map((row) => row['_row'])).toEqual(again)
    expect(simulator.stats()).toMatchObject({ doubleRegistrations: 0, customers: again.length })
  })
})

describe('what is refused', () => {
  test('a rerun while another one over the same file is at work', async (context) => {
    const { where, simulator } = await prepare(context, { simulator: { latencyMs: 1_000 } })
    await run(where, IMPORT)
    const id = basename(latestRun(where.home))
    const sent = simulator.stats().lanes.register.arrivals
    const first = start(where, ['rerun', id])
    await until('it sends', () => simulator.stats().lanes.register.arrivals > sent)
    expect(await refusal(where, ['rerun', id])).toContain('over the same file, is at work')
    await first.finished
  })

  test('a run over the same file that can still go on, and a file that has changed', async (context) => {
    const { where } = await prepare(context)
    await run(where, IMPORT)
    const id = basename(latestRun(where.home))
    const record = join(where.home, 'runs', id, 'run.json')
    const text = readFileSync(record, 'utf8')
    writeFileSync(record, text.replace('"state": "finished"', '"state": "paused"'))
    expect(await refusal(where, ['rerun', id])).toContain(`is paused and can go on: \`rollcall resume ${id}\``)
    writeFileSync(record, text)
    write(where, 'members.csv', `${members}M-6,Name,919800000006,G-6\n`)
    expect(await refusal(where, ['rerun', id])).toContain('has changed since')
  })

  test('a mended file that does not belong to the run', async (context) => {
    const { where } = await prepare(context)
    await run(where, IMPORT)
    const refused = (text: string) => {
      write(where, 'mended.csv', text)
      return refusal(where, ['rerun', 'latest', '--from', 'mended.csv'])
    }
    const header = 'external_id,name,mobile,membership'
    expect(await refused(members)).toContain('no column _row')
    expect(await refused(`${header},_row\nM-2,Name,919800000002,G-2,\n`)).toContain('line 2: _row is ""')
    expect(await refused(`${header},_row\nM-2,Name,919800000002,G-2,77\n`)).toContain('the run has no row 77')
    expect(await refused(`${header},_row\nM-3,Name,919800000003,G-3,3\nM-2,Name,919800000002,G-2,2\n`)).toContain(
      'row 2 comes after row 3',
    )
  })

  test('a row that is done stays out of a mended file, and it is said', async (context) => {
    const { where, simulator } = await prepare(context)
    await run(where, IMPORT)
    write(
      where,
      'mended.csv',
      'external_id,name,mobile,membership,_row\nM-1,Name,919800000001,G-1,1\nM-2,Name,919800000002,G-2,2\n',
    )
    const { status, stderr } = await run(where, ['rerun', 'latest', '--from', 'mended.csv'])
    expect(status, stderr).toBe(0)
    expect(stderr).toContain('1 row of mended.csv')
    expect(statuses(where)).toEqual({ 2: 'ok' })
    expect(arrivals(simulator, 'M-1')).toMatchObject({ register: 1 })
  })
})

/** The plan with a partner program more. */
function planWith(program: string): string {
  return plan.replace('    - partnerProgramName: Goldstar\n', `    - partnerProgramName: ${program}\n$&`)
}

async function refusal(where: Place, args: readonly string[]): Promise<string> {
  const { status, stderr } = await run(where, args)
  expect(status).toBe(2)
  return stderr
}

/** Of the latest run: status by row. */
function statuses(where: Place): Record<string, string> {
  return Object.fromEntries(readReport(where, 'results.csv').map((row) => [row['_row'], row['_status'] ?? '']))
}

function arrivals(simulator: Simulator, externalId: string) {
  return simulator.member('externalId', externalId)?.arrivals
}

async function prepare(
  { onTestFinished }: TestContext,
  { broker = quickest, simulator: options = {} }: { broker?: string; simulator?: SimulatorOptions } = {},
): Promise<{ where: Place; simulator: Simulator }> {
  const simulator = await startSimulator(options)
  onTestFinished(() => simulator.close())
  const redis = broker === 'Redis' ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  const where = await placeOn(simulator.url, redis)
  write(where, 'members.csv', members)
  write(where, 'plan.yaml', plan)
  return { where, simulator }
}
