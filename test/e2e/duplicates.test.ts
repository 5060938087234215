import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, kill, latestRun, placeOn, readReport, readSummary, run, start, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const IMPORT = ['import', 'members.csv', '--plan', 'plan.yaml']

/** The first member again, under another name; the third with another membership; the second, whose row is spoilt. */
const TWINS = 'M-1,Another,919800000000,G-1\nM-3,Name,919800000002,G-300\nM-2,Name\nM-2,Name,919800000001,G-2\n'

const policies: readonly [duplicates: string, status: number, statuses: readonly string[], said: readonly string[]][] =
  [
    ['first', 3, ['ok', 'ok', 'ok', 'skipped', 'ok', 'invalid', 'skipped'], ['row 1', 'row 2']],
    ['last', 3, ['skipped', 'skipped', 'ok', 'ok', 'ok', 'invalid', 'ok'], ['row 4', 'row 7']],
    ['reject', 3, ['ok', 'ok', 'ok', 'invalid', 'ok', 'invalid', 'invalid'], ['row 1', 'row 2']],
    ['all', 3, ['ok', 'ok', 'ok', 'ok', 'ok', 'invalid', 'ok'], []],
  ]

test.for(policies)('duplicates: %s', async ([duplicates, exit, statuses, said], context) => {
  const { where, simulator } = await prepare(context)
  write(where, 'members.csv', membersCsv(3) + TWINS)
  write(where, 'plan.yaml', `${membersPlan}duplicates: ${duplicates}\n`)

  const check = await run(where, ['check', ...IMPORT.slice(1), '--json'])
  const { status, stderr } = await run(where, IMPORT)

  expect(status, stderr).toBe(exit)
  const results = readReport(where, 'results.csv')
  expect(results.map(({ _status }) => _status)).toEqual(statuses)
  const told = results.flatMap(({ _message }) => /row \d/.exec(_message?.slice('The row'.length) ?? '')?.[0] ?? [])
  expect(told).toEqual(said)
  const summary = readSummary(where)
  expect(JSON.parse(check.stdout)).toMatchObject({
    rows: 7,
    ready: summary['ok'],
    invalid: summary['invalid'],
    skipped: summary['skipped'],
  })
  // M-3 is there for another membership: it is registered once.
  expect(simulator.stats().lanes.register.arrivals).toBe(Number(summary['ok']) - 1)
})

test('a row that contradicts a member who is done is not sent when it goes again, mended or not', async (context) => {
  const { where, simulator } = await prepare(context)
  // The same mobile as the first, and another id; and a row without a reading of its mobile.
  write(where, 'members.csv', `${membersCsv(2)}M-9,Name,919800000000,G-9\nM-8,Name,12,G-8\n`)
  write(where, 'plan.yaml', membersPlan.replace('${mobile}', '${mobile | phone IN}'))
  expect(await run(where, IMPORT)).toMatchObject({ status: 3 })
  const before = simulator.stats().lanes.register.arrivals
  const standing = () => readReport(where, 'results.csv').map(({ _row, _status }) => [_row, _status])

  expect(await run(where, ['rerun', 'latest'])).toMatchObject({ status: 3 })
  expect(standing()).toEqual([
    ['3', 'invalid'],
    ['4', 'invalid'],
  ])
  const mended = readFileSync(join(latestRun(where.home), 'rejects.csv'), 'utf8').replace(',12,', ',919800000001,')
  write(where, 'mended.csv', mended)
  expect(await run(where, ['rerun', 'latest', '--from', 'mended.csv'])).toMatchObject({ status: 3 })
  expect(standing()).toEqual([
    ['3', 'invalid'],
    ['4', 'invalid'],
  ])
  expect(simulator.stats().lanes.register.arrivals).toBe(before)
})

test('a run that was killed knows the members of its earlier session when it goes on', async (context) => {
  const { where, simulator } = await prepare(context)
  write(where, 'members.csv', membersCsv(150) + TWINS)
  write(where, 'plan.yaml', membersPlan.replace('register: none', 'register: 600'))
  const importing = start({ ...where, env: { ...where.env, ROLLCALL_MINUTE_MS: '6000' } }, IMPORT)
  await until('some are registered', () => simulator.stats().registrations >= 20)
  await kill(importing)

  const { status, stderr } = await run({ ...where, env: { ...where.env, ROLLCALL_MINUTE_MS: '6000' } }, [
    'resume',
    'latest',
  ])

  expect(status, stderr).toBe(3)
  expect(readReport(where, 'results.csv').slice(-4)).toMatchObject([
    {
      _row: '151',
      _status: 'skipped',
      _message: 'The row repeats row 1: it has the same externalId, but another name.',
    },
    { _row: '152', _status: 'ok', _register: 'registered', _message: 'as row 3, which is of the same member' },
    { _row: '153', _status: 'invalid' },
    { _row: '154', _status: 'skipped', _message: 'The row repeats row 2: it has the same externalId.' },
  ])
  expect(simulator.stats().registrations).toBe(150)
})

async function prepare({ onTestFinished }: TestContext): Promise<{ where: Place; simulator: Simulator }> {
  const simulator = await startSimulator()
  onTestFinished(() => simulator.close())
  const redis = hasRedis ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  return { simulator, where: await placeOn(simulator.url, redis) }
}
