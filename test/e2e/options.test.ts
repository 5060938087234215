import { type TestContext, describe, expect, test } from 'vitest'
import type { SimulatorOptions } from '../../src/simulator/options.ts'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, placeOn, readReport, readResults, readSummary, run, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasRedis, startRedis } from '../support/redis.ts'

const IMPORT = ['import', 'members.csv', '--plan', 'plan.yaml']

interface Trial {
  readonly where: Place
  readonly simulator: Simulator
}

describe('what sends nothing', () => {
  test('--dry-run reads every row, shows the first requests, and sends nothing', async (context) => {
    const { where, simulator } = await prepare(context, 'none')
    write(where, 'members.csv', `${membersCsv(3)}M-4,Name\n`)

    const { status, stdout } = await run(where, [...IMPORT, '--dry-run'])

    expect(status).toBe(3)
    expect(stdout).toContain('4 rows read: 3 to register, 3 to link; 1 invalid')
    expect(stdout).toContain('row 4 (line 5')
    expect(stdout).toContain('"value": "M-1"')
    expect(simulator.stats().lanes).toMatchObject({ register: { arrivals: 0 }, link: { arrivals: 0 } })
  })

  test('a plan that names a column the file lacks is refused', async (context) => {
    const { where, simulator } = await prepare(context, 'none')
    write(where, 'plan.yaml', membersPlan.replace('${mobile}', '${mobil}'))

    const { status, stderr } = await run(where, IMPORT)

    expect(status).toBe(2)
    expect(stderr).toContain('mobil')
    expect(simulator.stats().lanes).toMatchObject({ token: { arrivals: 0 }, register: { arrivals: 0 } })
  })

  test('plain http to a host that is not this machine is refused', async (context) => {
    const { where } = await prepare(context, 'none')
    const env = { ...where.env, ROLLCALL_BASE_URL: 'http://api.example.org' }

    const { status, stderr } = await run({ ...where, env }, IMPORT)

    expect(status).toBe(2)
    expect(stderr).toContain('https://api.example.org')
  })
})

const brokers: readonly { broker: 'embedded' | 'Redis' }[] = hasRedis
  ? [{ broker: 'embedded' }, { broker: 'Redis' }]
  : [{ broker: 'embedded' }]

// The broker plays no part in these.
const quickest = hasRedis ? 'Redis' : 'embedded'

test('--limit reads the first rows only, and does not stand in the way of the whole file', async (context) => {
  const { where, simulator } = await prepare(context, quickest)

  const first = await run(where, [...IMPORT, '--limit', '3'])

  expect(first.status, first.stderr).toBe(0)
  expect(readReport(where, 'results.csv').map((row) => row['external_id'])).toEqual(['M-1', 'M-2', 'M-3'])
  expect(simulator.stats().registrations).toBe(3)
  const whole = await run(where, IMPORT)
  expect(whole.status, whole.stderr).toBe(0)
  expect(simulator.stats().registrations).toBe(10)
})

test('a file comes in by standard input', async (context) => {
  const { where, simulator } = await prepare(context, quickest)

  const { status, stderr } = await run(where, ['import', '-', '--plan', 'plan.yaml'], membersCsv(10))

  expect(status, stderr).toBe(0)
  expect(readReport(where, 'results.csv')).toHaveLength(10)
  expect(readSummary(where)).toMatchObject({ file: '-', ok: 10 })
  expect(simulator.stats().registrations).toBe(10)
})

test('a JSONL file gets the same reports, its input flattened with dots', async (context) => {
  const { where } = await prepare(context, quickest)
  const member = { external_id: 'M-1', name: 'Name', contact: { mobile: '919800000001' } }
  write(where, 'members.jsonl', `${JSON.stringify(member)}\n{"external_id": \n`)
  write(where, 'plan.yaml', membersPlan.replace('${mobile}', '${contact.mobile}').replace(/link:\n[^]*/, ''))

  const { status, stderr } = await run(where, ['import', 'members.jsonl', '--plan', 'plan.yaml'])

  expect(status, stderr).toBe(3)
  expect(readReport(where, 'results.csv')).toMatchObject([
    { external_id: 'M-1', 'contact.mobile': '919800000001', _row: '1', _line: '1', _status: 'ok' },
    { external_id: '', _row: '2', _line: '2', _status: 'invalid' },
  ])
  expect(readResults(where)[0]?.input).toEqual(member)
})

test.for(brokers)(
  'wrong credentials halt a run, and burn no row, on the $broker broker',
  async ({ broker }, context) => {
    const accepted = { oauth: { key: 'key', secret: 'another' } }
    const { where, simulator } = await prepare(context, broker, { credentials: accepted })

    const { status, stdout, stderr } = await run(where, IMPORT)

    expect(status, stderr).toBe(4)
    expect(stdout).toContain('halted')
    expect(stdout).toContain('Check the credentials')
    expect(stdout).toContain('rollcall resume')
    expect(readSummary(where)).toMatchObject({ state: 'halted', rejected: 0, failed: 0 })
    expect(simulator.stats().registrations).toBe(0)
  },
)

/** Ten members and their plan; `none`: for commands that need no broker. */
async function prepare(
  { onTestFinished }: TestContext,
  broker: 'embedded' | 'Redis' | 'none',
  options: SimulatorOptions = {},
): Promise<Trial> {
  const simulator = await startSimulator(options)
  onTestFinished(() => simulator.close())
  const redis = broker === 'Redis' ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  const where = await placeOn(simulator.url, broker === 'none' ? { url: 'redis://127.0.0.1:1' } : redis)
  write(where, 'members.csv', membersCsv(10))
  write(where, 'plan.yaml', membersPlan)
  return { where, simulator }
}
