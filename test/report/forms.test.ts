import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { parquetReadObjects } from 'hyparquet'
import { expect, onTestFinished, test } from 'vitest'

import { fillEventfully } from '../../bench/support/eventful-ledger.ts'
import type { RowEntry } from '../../src/ledger/ledger.ts'
import type { Input } from '../../src/model.ts'
import { hideWith, maskedLedger } from '../../src/report/mask.ts'
import { renderForm } from '../../src/report/render-form.ts'
import { renderReports } from '../../src/report/render-reports.ts'
import { openSource } from '../../src/source/open-source.ts'
import { temporaryFolder } from '../ledger/folder.ts'
import { entry, outcome } from '../ledger/samples.ts'
import { sampleRun as run } from './sample-run.ts'

function place() {
  const folder = temporaryFolder()
  onTestFinished(() => folder[Symbol.dispose]())
  return { dir: folder.dir, ledger: folder.open() }
}

/** A sheet's lines, the header's too, as our own reader has them. */
async function readSheet(path: string, sheet: string): Promise<readonly (readonly string[])[]> {
  const source = await openSource(path, { sheet })
  const lines: (readonly string[])[] = [source.columns ?? []]
  try {
    for await (const rows of source.chunks()) {
      for (const { input, problem } of rows) {
        expect(problem).toBeUndefined()
        lines.push(input.kind === 'cells' ? input.cells : [])
      }
    }
    return lines
  } finally {
    await source.close()
  }
}

function numberOf(text: string | undefined): number | null {
  return text === undefined || text === '' ? null : Number(text)
}

function cellsOf(id: string): Input {
  return { kind: 'cells', cells: [id, '919876543210', ''] }
}

function readParquet(path: string): Promise<Record<string, unknown>[]> {
  const bytes = Uint8Array.from(readFileSync(path))
  return parquetReadObjects({ file: bytes.buffer })
}

test('the workbook has the cells of results.csv, the problems, and the figures of summary.json', async () => {
  const { dir, ledger } = place()
  fillEventfully(ledger, { rows: 4_000, problems: 200 })
  const summary = await renderReports({ ledger, dir, run })
  const path = await renderForm('xlsx', { ledger, dir, run })
  expect(await readSheet(path, 'Rows')).toEqual(parse(readFileSync(join(dir, 'results.csv'))))
  const [, ...problems] = await readSheet(path, 'Problems')
  expect(problems).toHaveLength(25)
  const bad = summary.rejected + summary.failed + summary.invalid
  expect(problems.reduce((sum, [rows]) => sum + Number(rows), 0)).toBe(bad)
  const figures = new Map((await readSheet(path, 'Summary')).map(([name, value]) => [name, value]))
  expect([figures.get('ok'), figures.get('rows'), figures.get('register throttled_seconds')]).toEqual([
    String(summary.ok),
    '4000',
    '130',
  ])
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(existsSync(`${path}.tmp`)).toBe(false)
})

test('Parquet has the same with types, and null where there is nothing', async () => {
  const { dir, ledger } = place()
  fillEventfully(ledger, { rows: 4_000, problems: 200 })
  await renderReports({ ledger, dir, run })
  const path = await renderForm('parquet', { ledger, dir, run })
  const lines: Record<string, string>[] = parse(readFileSync(join(dir, 'results.csv')), { columns: true })
  const rows = await readParquet(path)
  expect(rows).toHaveLength(lines.length)
  for (const [at, row] of rows.entries()) {
    const line = lines[at]
    expect(row).toEqual({
      ...Object.fromEntries(
        Object.entries(line ?? {}).map(([name, text]) => [name, text === '' && name.startsWith('_') ? null : text]),
      ),
      _row: at + 1,
      _line: at + 2,
      _attempts: numberOf(line?.['_attempts']),
      _code: numberOf(line?.['_code']),
      _finished_at: new Date(line?.['_finished_at'] ?? ''),
    })
  }
})

test('whatever a cell holds, it comes back from both forms as it was', async () => {
  const text = fc.oneof(
    // No reader gives a cell with U+0000.
    fc.string({ unit: 'binary', maxLength: 30 }).map((own) => own.replaceAll('\0', '')),
    fc.constantFrom('=1+1', '_x0041_', '_x000D_', ' a\r\nb\t', '<a&b>', '\u0001\u0002', '00012', '1e5', '😀'),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (texts) => {
      using folder = temporaryFolder()
      const ledger = folder.open()
      ledger.meta.set('columns', ['a', 'a', 'b'])
      ledger.write({
        rows: texts.map((own, at): RowEntry => entry(at + 1, { input: { kind: 'cells', cells: [own, 'x', 'y'] } })),
        outcomes: texts.map((_, at) => outcome(at + 1)),
      })
      const rendering = { ledger, dir: folder.dir, run }
      const [, ...sheet] = await readSheet(await renderForm('xlsx', rendering), 'Rows')
      expect(sheet.map(([own]) => own)).toEqual(texts.map((own) => own))
      const rows = await readParquet(await renderForm('parquet', rendering))
      expect(rows.map((row) => [row['a'], row['a#2']])).toEqual(texts.map((own) => [own, 'x']))
    }),
    { numRuns: 30 },
  )
})

test('masked reports show no member, and each member’s cells alike everywhere', async () => {
  const { dir, ledger } = place()
  ledger.meta.set('columns', ['id', 'mobile', 'note'])
  ledger.write({
    rows: [
      entry(1, { key: 'EXT-1', input: cellsOf('EXT-1') }),
      entry(2, { key: 'EXT-2', input: cellsOf('EXT-2'), raw: 'EXT-2,919876543210,"' }),
    ],
    outcomes: [
      outcome(1, {
        customerId: '556001',
        requestId: 'req-1',
        sideEffects: [{ kind: 'coupon', code: 'JQI7S8P8' }],
        warnings: [{ code: 8064, message: 'Mobile 919876543210 is taken by "Asha"', lossy: true }],
      }),
      outcome(2, {
        status: 'rejected',
        result: 'rejected',
        code: 8013,
        message: 'Invalid mobile 919876543210 for "EXT-2"',
        hint: 'With the 0, it would be 919876543210.',
      }),
    ],
  })
  const read = async (key: string) => {
    await renderReports({ ledger: maskedLedger(ledger, hideWith(key)), dir, run, jsonl: true })
    const texts = ['results.csv', 'results.jsonl', 'rejects.csv', 'report.html', 'summary.json'].map((name) =>
      readFileSync(join(dir, name), 'utf8'),
    )
    for (const text of texts) expect(text).not.toMatch(/EXT-\d|919876543210|JQI7S8P8|Asha/u)
    return parse<Record<string, string>>(texts[0] ?? '', { columns: true })
  }
  const [first, second] = await read('a key')
  expect(first).toMatchObject({
    note: '',
    _customer_id: '556001',
    _request_id: 'req-1',
    _warnings: '8064 Mobile … is taken by …',
  })
  expect(second).toMatchObject({
    mobile: first?.['mobile'],
    _code: '8013',
    _message: 'Invalid mobile … for …',
    _hint: 'With the 0, it would be ….',
  })
  expect(second?.['id']).not.toBe(first?.['id'])
  expect(await read('a key')).toEqual([first, second])
  const [other] = await read('another key')
  expect(other?.['mobile']).not.toBe(first?.['mobile'])
})
