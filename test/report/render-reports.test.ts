import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'

import type { Ledger } from '../../src/ledger/ledger.ts'
import { renderForm } from '../../src/report/render-form.ts'
import { renderReports } from '../../src/report/render-reports.ts'
import { meanRpm } from '../../src/report/summary.ts'
import { temporaryFolder } from '../ledger/folder.ts'
import { entry, outcome, rejected } from '../ledger/samples.ts'
import { sampleRun as run } from './sample-run.ts'

test('every row has one line in order, however many chunks that takes, and the rejects are among them', async () => {
  using folder = temporaryFolder()
  const ledger = fillWith(folder.open(), 5000)
  const summary = await renderReports({ ledger, dir: folder.dir, run, jsonl: true })
  const [header, ...lines] = parse(readFileSync(join(folder.dir, 'results.csv')))
  expect(lines.map((line) => line[2])).toEqual(Array.from({ length: 5000 }, (_, index) => String(index + 1)))
  expect(parse(readFileSync(join(folder.dir, 'rejects.csv')))).toEqual([
    header,
    ...lines.filter((line) => line[4] === 'rejected'),
  ])
  const json = readFileSync(join(folder.dir, 'results.jsonl'), 'utf8').trimEnd().split('\n')
  expect(json.map((line) => JSON.parse(line).row)).toEqual(lines.map((line) => Number(line[2])))
  expect(summary).toMatchObject({ rows: 5000, ok: 3333, rejected: 1667, failed: 0 })
})

test('takes the place of older reports, and of what a crash left aside', async () => {
  using folder = temporaryFolder()
  const ledger = fillWith(folder.open(), 3)
  writeFileSync(join(folder.dir, 'results.csv.tmp'), 'left by a crash'.repeat(1000), { mode: 0o644 })
  writeFileSync(join(folder.dir, 'rejects.csv'), 'old')
  await renderReports({ ledger, dir: folder.dir, run })
  expect(readdirSync(folder.dir).filter((name) => !name.startsWith('ledger'))).toEqual([
    'rejects.csv',
    'report.html',
    'results.csv',
    'summary.json',
  ])
  expect(parse(readFileSync(join(folder.dir, 'results.csv')))).toHaveLength(4)
})

test('writes results.jsonl where it is asked for, and again where it is there', async () => {
  using folder = temporaryFolder()
  const path = join(folder.dir, 'results.jsonl')
  const ledger = fillWith(folder.open(), 3)
  const rendering = { ledger, dir: folder.dir, run }
  await renderForm('jsonl', rendering)
  const asked = readFileSync(path, 'utf8')
  expect(asked.trimEnd().split('\n')).toHaveLength(3)
  writeFileSync(path, 'old')
  await renderReports(rendering)
  expect(readFileSync(path, 'utf8')).toBe(asked)
})

test('leaves older reports as they are, and nothing aside, where it cannot go through', async () => {
  using folder = temporaryFolder()
  const ledger = fillWith(folder.open(), 3)
  writeFileSync(join(folder.dir, 'results.csv'), 'old')
  mkdirSync(join(folder.dir, 'summary.json.tmp', 'in the way'), { recursive: true })
  await expect(renderReports({ ledger, dir: folder.dir, run })).rejects.toThrow(/summary.json.tmp/u)
  expect(readdirSync(folder.dir).filter((name) => !name.startsWith('ledger'))).toEqual([
    'results.csv',
    'summary.json.tmp',
  ])
  expect(readFileSync(join(folder.dir, 'results.csv'), 'utf8')).toBe('old')
})

test('a CSV run whose columns are not known is refused, rather than reported without its cells', async () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  ledger.write({ rows: [entry(1)] })
  await expect(renderReports({ ledger, dir: folder.dir, run })).rejects.toThrow('meta has no columns')
})

test('the mean pace is that between the first request and the last', () => {
  expect(meanRpm({ requests: 601, firstAt: 1000, lastAt: 61_000 })).toBe(600)
  expect(meanRpm({ requests: 1, firstAt: 1000, lastAt: 1000 })).toBeUndefined()
  expect(meanRpm({ requests: 0 })).toBeUndefined()
})

/** A ledger of `count` rows of CSV, every third of them rejected. */
function fillWith(ledger: Ledger, count: number): Ledger {
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  ledger.meta.set('columns', ['id', 'name'])
  ledger.write({
    rows: numbers.map((row) => entry(row)),
    outcomes: numbers.map((row) => (row % 3 === 1 ? rejected(row) : outcome(row))),
  })
  return ledger
}
