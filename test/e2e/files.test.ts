import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type TestContext, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import {
  type Place,
  latestRun,
  placeOn,
  readReport,
  readResults,
  readSummary,
  run,
  start,
  write,
} from '../support/cli.ts'
import { membersPlan } from '../support/members.ts'
import { until } from '../support/wait.ts'

const HEADER = 'external_id,name,mobile,membership'
const IMPORT = ['import', 'members-*.csv*', '--plan', 'plan.yaml']

function members(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const number = first + at
    return `M-${number},Zoë,91980${String(number).padStart(7, '0')},G-${number}`
  })
}

async function prepare(context: TestContext): Promise<{ where: Place; simulator: Simulator }> {
  const simulator = await startSimulator({ latencyMs: 5 })
  context.onTestFinished(() => simulator.close())
  const where = await placeOn(simulator.url, undefined)
  write(where, 'plan.yaml', membersPlan)
  return { where, simulator }
}

test('files that match a pattern are one run, and each row tells which file it is from', async (context) => {
  const { where } = await prepare(context)
  write(where, 'members-1.csv', `${[HEADER, ...members(1, 3)].join('\n')}\n`)
  write(
    where,
    'members-10.csv',
    `${[HEADER, ...members(10, 2)].join(';\n').replaceAll(',', ';').replaceAll(';;', ';').replaceAll(';\n', '\n')}\n;;;\nTotal;2;;\n`,
  )
  const packed = `${[HEADER, ...members(4, 2), 'M-6,"Asha'].join('\r\n')}\r\n`
  writeFileSync(join(where.folder, 'members-2.csv.gz'), gzipSync(Buffer.from(packed, 'utf16le')))

  const first = await run(where, IMPORT)

  expect(first.status, first.stderr).toBe(3)
  expect(first.stderr).toContain('members-2.csv.gz: Read as gzip, utf-16le.')
  expect(first.stderr).toContain('members-10.csv: Read as delimiter ;.')
  const results = readReport(where, 'results.csv')
  expect(results.map((row) => [row['external_id'], row['_row'], row['_line'], row['_status'], row['_file']])).toEqual([
    ['M-1', '1', '2', 'ok', 'members-1.csv'],
    ['M-2', '2', '3', 'ok', 'members-1.csv'],
    ['M-3', '3', '4', 'ok', 'members-1.csv'],
    ['M-4', '4', '2', 'ok', 'members-2.csv.gz'],
    ['M-5', '5', '3', 'ok', 'members-2.csv.gz'],
    ['M-6', '6', '4', 'invalid', 'members-2.csv.gz'],
    ['M-10', '7', '2', 'ok', 'members-10.csv'],
    ['M-11', '8', '3', 'ok', 'members-10.csv'],
  ])
  expect(Object.keys(results[0] ?? {}).at(-1)).toBe('_file')
  expect(results.every((row) => row['name'] === 'Zoë' || row['external_id'] === 'M-6')).toBe(true)
  expect((await readResults(where))[5]).toMatchObject({ row: 6, line: 4, file: 'members-2.csv.gz' })
  expect(readSummary(where)).toMatchObject({
    file: 'members-1.csv and 2 more',
    rows: 8,
    passed_over: [
      { what: 'blank', rows: 1, first_line: 4 },
      { what: 'total', rows: 1, first_line: 5 },
    ],
  })
  expect(first.stdout).toContain(
    'Passed over, since they are no records: a row of empty cells (line 4) and a row of totals (line 5).',
  )

  const again = await run(where, IMPORT)
  expect(again.status).toBe(2)
  expect(again.stderr).toContain('was imported under this plan already')

  const rejects = readFileSync(join(latestRun(where.home), 'rejects.csv'), 'utf8')
  write(where, 'mended.csv', rejects.replace(/^M-6,[^,]*,,,/m, 'M-6,Asha,919800000006,G-6,'))
  const mended = await run(where, ['import', 'mended.csv', '--plan', 'plan.yaml'])
  expect(mended.status, mended.stderr + mended.stdout).toBe(0)
  const [only, ...more] = readReport(where, 'results.csv')
  expect(more).toEqual([])
  expect(Object.keys(only ?? {}).filter((name) => name === '_file' || name === '_row')).toEqual(['_row'])
})

test('files whose columns differ are refused, with the difference, before anything is sent', async (context) => {
  const { where, simulator } = await prepare(context)
  write(where, 'members-1.csv', `${[HEADER, ...members(1, 3)].join('\n')}\n`)
  write(where, 'members-2.csv', `${[HEADER.replace('mobile', 'phone'), ...members(4, 2)].join('\n')}\n`)

  const { status, stderr } = await run(where, IMPORT)

  expect(status).toBe(2)
  expect(stderr).toContain(
    'members-2.csv has other columns (it lacks "mobile", and has "phone" besides) than members-1.csv.',
  )
  expect(simulator.stats().lanes.register.arrivals).toBe(0)
  const nothing = await run(where, ['import', 'nobody-*.csv', '--plan', 'plan.yaml'])
  expect(nothing.status).toBe(2)
  expect(nothing.stderr).toContain('No file matches nobody-*.csv')
})

test('a run over several files goes on where it stopped, once all of them are what they were', async (context) => {
  const { where: given, simulator } = await prepare(context)
  const where = { ...given, env: { ...given.env, ROLLCALL_MINUTE_MS: '4000' } }
  write(where, 'plan.yaml', membersPlan.replace('register: none', 'register: 80'))
  const second = `${[HEADER, ...members(41, 40)].join('\n')}\n`
  write(where, 'members-1.csv', `${[HEADER, ...members(1, 40)].join('\n')}\n`)
  write(where, 'members-2.csv', second)

  const running = start(where, IMPORT)
  await until('some members are registered', () => simulator.stats().lanes.register.arrivals > 5)
  running.child.kill('SIGINT')
  expect((await running.finished).status).toBe(4)

  write(where, 'members-2.csv', second.replace('Zoë', 'Chloë'))
  const changed = await run(where, ['resume', 'latest'])
  expect(changed.status).toBe(2)
  expect(changed.stderr).toContain('members-2.csv has changed')

  write(where, 'members-2.csv', second)
  const resumed = await run(where, ['resume', 'latest'])
  expect(resumed.status, resumed.stderr).toBe(0)
  const files = readReport(where, 'results.csv').map((row) => row['_file'])
  expect(files).toEqual([...Array(40).fill('members-1.csv'), ...Array(40).fill('members-2.csv')])
})
