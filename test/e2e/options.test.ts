import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
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
  test.for<readonly [string, readonly string[]]>([
    ['check', ['check', ...IMPORT.slice(1)]],
    ['import --dry-run', [...IMPORT, '--dry-run']],
    ['import --check-first, where a row is invalid,', [...IMPORT, '--check-first']],
  ])('%s reads every row, shows the first requests, and sends nothing', async ([, args], context) => {
    const { where, simulator } = await prepare(context, 'none')
    write(where, 'members.csv', `${membersCsv(3)}M-4,Name\n`)

    const { status, stdout } = await run(where, args)

    expect(status).toBe(3)
    expect(stdout).toContain('4 rows read, nothing was sent')
    expect(stdout).toContain('  3 ready')
    expect(stdout).toContain('  1 invalid')
    expect(stdout).toContain('Row 4: line 5: the record has 2 cells')
    expect(stdout).toContain('register: 3 rows in 3 requests, without limit')
    expect(stdout).toContain('link: 3 rows in 1 request, without limit')
    expect(stdout).toContain('"value": "M-1"')
    expect(simulator.stats().lanes).toMatchObject({ register: { arrivals: 0 }, link: { arrivals: 0 } })
  })

  test('check --json says it all to programs, and ends with 0 where no row is invalid', async (context) => {
    const { where } = await prepare(context, 'none')
    write(where, 'plan.yaml', membersPlan.replace('register: none', 'register: 5'))

    const { status, stdout } = await run(where, ['check', ...IMPORT.slice(1), '--json', '--limit', '7'])

    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      file: 'members.csv',
      plan: 'plan.yaml',
      rows: 7,
      ready: 7,
      lanes: { register: { rows: 7, requests: 7, limit_rpm: 5, minutes: 1.4 } },
      seconds: 84,
      problems: [],
      columns: { empty: [], unused: [], missing: [] },
    })
  })

  test('a plan that names a column the file lacks is refused', async (context) => {
    const { where, simulator } = await prepare(context, 'none')
    write(where, 'plan.yaml', membersPlan.replace('${mobile}', '${mobil}'))

    const { status, stderr } = await run(where, IMPORT)

    expect(status).toBe(2)
    expect(stderr).toContain('mobil')
    expect(simulator.stats().lanes).toMatchObject({ token: { arrivals: 0 }, register: { arrivals: 0 } })
  })

  test('a plan that is not UTF-8 is refused, with the line', async (context) => {
    const { where, simulator } = await prepare(context, 'none')
    write(where, 'members.csv', membersCsv(1))
    const plan = Buffer.concat([Buffer.from(membersPlan), Buffer.from('# caf\u00e9\n', 'latin1')])
    writeFileSync(join(where.folder, 'plan.yaml'), plan)

    const { status, stderr } = await run(where, IMPORT)

    expect(status).toBe(2)
    expect(stderr).toContain(`The plan plan.yaml is not UTF-8 (see line ${membersPlan.split('\n').length})`)
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

test('--check-first imports a file in which all is well', async (context) => {
  const { where, simulator } = await prepare(context, quickest)

  const { status, stderr } = await run(where, ['import', '-', '--plan', 'plan.yaml', '--check-first'], membersCsv(10))

  expect(status, stderr).toBe(0)
  expect(readSummary(where)).toMatchObject({ rows: 10, ok: 10 })
  expect(simulator.stats().registrations).toBe(10)
})

test('what the API cuts without a word makes a row that it took `warned`', async (context) => {
  const { where } = await prepare(context, quickest)
  write(where, 'members.csv', membersCsv(2).replace('M-2,Name', `M-2,${'N'.repeat(101)}`))

  const { status, stderr } = await run(where, IMPORT)

  expect(status, stderr).toBe(0)
  expect(readReport(where, 'results.csv')).toMatchObject([
    { _status: 'ok' },
    {
      _status: 'warned',
      _register: 'registered',
      _warnings: expect.stringContaining('firstName is longer than 100 characters: the API cuts it') as string,
    },
  ])
})

test('a file comes in by standard input', async (context) => {
  const { where, simulator } = await prepare(context, quickest)

  const { status, stderr } = await run(where, ['import', '-', '--plan', 'plan.yaml'], membersCsv(10))

  expect(status, stderr).toBe(0)
  expect(readReport(where, 'results.csv')).toHaveLength(10)
  expect(readSummary(where)).toMatchObject({ file: '-', ok: 10 })
  expect(simulator.stats().registrations).toBe(10)
})

test('a file comes in by a pipe with a name, which is kept as standard input is', async (context) => {
  const { where, simulator } = await prepare(context, quickest)
  const pipe = join(where.folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  const written = writeFile(pipe, membersCsv(10))

  const { status, stderr } = await run(where, ['import', 'pipe', '--plan', 'plan.yaml'])
  await written

  expect(status, stderr).toBe(0)
  expect(readReport(where, 'results.csv')).toHaveLength(10)
  const sha256 = createHash('sha256').update(membersCsv(10)).digest('hex')
  expect(readSummary(where)).toMatchObject({ file: 'pipe', ok: 10, sha256 })
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
  expect((await readResults(where))[0]?.input).toEqual(member)
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
