import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addedColumns } from '../../src/report/layout.ts'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import {
  type Finished,
  type Place,
  latestRun,
  placeOn,
  readReport,
  readResults,
  readSummary,
  run,
  write,
} from '../support/cli.ts'
import { mend, toCsv } from '../support/mended-sample.ts'
import { type RedisServer, hasRedis, startRedis } from '../support/redis.ts'

const samples = fileURLToPath(new URL('../../samples/', import.meta.url))
const sampleFile = join(samples, 'members.csv')
const samplePlan = readFileSync(join(samples, 'members.plan.yaml'), 'utf8').replace(
  /^limits: .*$/m,
  'limits: { register: none, link: none }',
)

/** The rows of the sample that do not end as `ok`: its README tells why. */
const invalid = [23, 41, 77, 104, 171, 213, 228, 266, 305, 366, 379, 450, 489]
const notRegistered = [64, 150, 199, 420, 533]
const notLinked = [118, 185, 250, 390, 477]
const warned = [90, 287, 571]
/** Rows of a member who is in the file before: that one's row. */
const twins = new Map([
  [320, 31],
  [468, 102],
  [590, 160],
])

const brokers = [{ broker: 'embedded' }, ...(hasRedis ? [{ broker: 'Redis' }] : [])]

describe.each(brokers)('the sample file on the $broker broker', ({ broker }) => {
  let redis: RedisServer | undefined
  let simulator: Simulator
  let where: Place
  let first: Finished
  let firstRun: string
  let results: Record<string, string>[]

  beforeAll(async () => {
    redis = broker === 'Redis' ? await startRedis() : undefined
    simulator = await startSimulator({ latencyMs: 5 })
    where = await placeOn(simulator.url, redis)
    write(where, 'plan.yaml', samplePlan)
    first = await importSample()
    firstRun = latestRun(where.home)
    results = readReport(where, 'results.csv')
  }, 180_000)
  afterAll(async () => {
    await simulator.close()
    await redis?.close()
  })

  const importSample = (...options: string[]) => run(where, ['import', sampleFile, '--plan', 'plan.yaml', ...options])

  test('ends with status 3, for some rows did not succeed', () => {
    expect(first.status, first.stderr).toBe(3)
    expect(first.stdout).toContain('23 of 600 rows did not succeed')
  })

  test('each row ends as its cells deserve', () => {
    const wanted = results.map((_, at) => {
      const row = at + 1
      if (invalid.includes(row)) return 'invalid'
      if (notRegistered.includes(row) || notLinked.includes(row)) return 'rejected'
      return warned.includes(row) ? 'warned' : 'ok'
    })
    expect(results.map((row) => row['_status'])).toEqual(wanted)
  })

  test("results.csv has the file's own columns and cells, in its order, and ours behind them", () => {
    const [header, ...rows]: string[][] = parse(readFileSync(sampleFile), { relax_column_count: true })
    const [ourHeader, ...ourRows]: string[][] = parse(readFileSync(join(firstRun, 'results.csv')))
    expect(ourHeader).toEqual([...(header ?? []), ...addedColumns])
    const width = header?.length ?? 0
    // A row with cells missing is filled up; one with too many is cut.
    const cells = rows.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? ''))
    expect(ourRows.map((row) => row.slice(0, width))).toEqual(cells)
    expect(results.map((row) => row['_row'])).toEqual(rows.map((_, at) => String(at + 1)))
  })

  test('_line is where the record begins in the file', () => {
    const lines = readFileSync(sampleFile, 'utf8').split('\n')
    const misplaced = results.filter(
      ({ _line, external_id }) => !lines[Number(_line) - 1]?.startsWith(external_id ?? ''),
    )
    expect(misplaced).toEqual([])
    // Quoted cells with line breaks.
    expect(results.at(-1)?.['_line']).not.toBe('601')
  })

  test('customer ids are those of the API', () => {
    const ids = new Map(
      simulator.customers().flatMap(({ id, identifiers }) => identifiers.map((name) => [name, String(id)] as const)),
    )
    const done = results.filter((row) => row['_register'] === 'registered')
    expect(done.map((row) => row['_customer_id'])).toEqual(done.map((row) => ids.get(identifierOf(row))))
  })

  test('a member who is in the file twice is registered once, and the second row says who it is', () => {
    for (const [row, twin] of twins) {
      expect(results[row - 1]).toMatchObject({
        _register: 'registered',
        _customer_id: results[twin - 1]?.['_customer_id'],
      })
      expect(results[twin - 1]?.['_register']).toBe('registered')
    }
    expect(simulator.stats().exists).toBe(0)
  })

  test('a row whose registration was rejected is not linked, and says so', async () => {
    const asked = (await readResults(where)).filter(
      ({ row, link }) => notRegistered.includes(row) && link !== undefined,
    )
    expect(asked.map(({ row }) => row)).toEqual([64, 150, 533])
    for (const { key, link } of asked) {
      expect(link).toMatchObject({ result: 'skipped', attempts: 0 })
      expect(link?.message).toContain('not registered')
      expect(simulator.member('externalId', key)?.arrivals.link).toBe(0)
    }
  })

  test('summary.json counts what results.csv says, and what the API saw', () => {
    const summary = readSummary(where)
    const count = (status: string) => results.filter((row) => row['_status'] === status).length
    const statuses = ['ok', 'warned', 'rejected', 'failed', 'invalid', 'skipped']
    expect(summary).toMatchObject({
      state: 'finished',
      file: sampleFile,
      rows: results.length,
      ...Object.fromEntries(statuses.map((status) => [status, count(status)])),
      lanes: {
        register: { requests: simulator.stats().lanes.register.arrivals, limit_rpm: null },
        link: { requests: simulator.stats().lanes.link.arrivals, limit_rpm: null },
      },
    })
    const { codes } = summary as { codes: { lane: string; code: number | null; rows: number }[] }
    const told = (code: number) => results.filter((row) => row['_code'] === String(code)).length
    expect(codes.filter(({ lane }) => lane === 'register').find(({ code }) => code === 8014)?.rows).toBe(told(8014))
    expect(codes.find(({ lane, code }) => lane === 'link' && code === 2006)?.rows).toBe(told(2006))
  })

  test('the same file again is refused, and nothing is sent', async () => {
    const before = requests(simulator)
    const { status, stderr } = await importSample()
    expect(status).toBe(2)
    expect(stderr).toContain('--again')
    expect(requests(simulator)).toBe(before)
  })

  test('rejects.csv, mended, imports under the same plan, and the columns that we added are replaced', async () => {
    const rejects = readReport(where, 'rejects.csv')
    expect(rejects).toEqual(results.filter((row) => ['rejected', 'invalid'].includes(row['_status'] ?? '')))
    write(where, 'mended.csv', toCsv(rejects.map(mend)))

    const { status, stderr } = await run(where, ['import', 'mended.csv', '--plan', 'plan.yaml'])

    expect(status, stderr).toBe(0)
    const after = readReport(where, 'results.csv')
    expect(after.map((row) => row['_status'])).toEqual(rejects.map(() => 'ok'))
    expect(after.map((row) => row['_row'])).toEqual(rejects.map((_, at) => String(at + 1)))
    expect(Object.keys(after[0] ?? {})).toEqual(Object.keys(results[0] ?? {}))
    // Those that could not be linked are customers already.
    const known = rejects.map((row) => (notLinked.includes(Number(row['_row'])) ? 'exists' : 'registered'))
    expect(after.map((row) => row['_register'])).toEqual(known)
  })

  test('--again imports the same file, and --json prints the summary alone on standard output', async () => {
    const { registrations } = simulator.stats()
    const { status, stdout, stderr } = await importSample('--again', '--json')
    expect(status, stderr).toBe(3)
    expect(JSON.parse(stdout)).toEqual(readSummary(where))
    expect(simulator.stats().registrations).toBe(registrations)
    const words = new Set(readReport(where, 'results.csv').map((row) => row['_register']))
    expect(words).toEqual(new Set(['exists', 'rejected', 'invalid']))
  })
})

function identifierOf({ external_id, email }: Record<string, string>): string {
  return external_id === '' ? `email:${email?.toLowerCase()}` : `externalId:${external_id}`
}

function requests(simulator: Simulator): number {
  return Object.values(simulator.stats().lanes).reduce((sum, { arrivals }) => sum + arrivals, 0)
}
