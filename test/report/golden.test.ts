import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import type { Delivery, Ledger, RowEntry } from '../../src/ledger/ledger.ts'
import type { Json, Outcome } from '../../src/model.ts'
import { renderReports } from '../../src/report/render-reports.ts'
import type { RunInfo } from '../../src/report/summary.ts'
import { temporaryFolder } from '../ledger/folder.ts'

/** A case's file: as the ledger takes it, with what is empty left out. */
interface Case {
  readonly columns?: readonly string[]
  readonly run: RunInfo
  readonly rows: readonly (Omit<RowEntry, 'input' | 'batches'> & {
    cells?: readonly string[]
    value?: Json
    batches?: RowEntry['batches']
  })[]
  readonly deliveries: readonly Delivery[]
  readonly outcomes?: readonly Outcome[]
}

const golden = join(import.meta.dirname, 'golden')
/** Those that are the same to the byte wherever they are written: report.html names its folder. */
const reports = ['rejects.csv', 'results.csv', 'results.jsonl', 'summary.json']

// A new case is a folder with a case.json; `vitest run test/report -u` writes what is expected, to be read in the diff.
describe.each(readdirSync(golden).filter((name) => !name.startsWith('.')))('the reports of %s', (name) => {
  test('are as expected, to the byte', async () => {
    using folder = temporaryFolder()
    const { run, ...content } = JSON.parse(readFileSync(join(golden, name, 'case.json'), 'utf8')) as Case
    const ledger = folder.open()
    fill(ledger, content)
    const summary = await renderReports({ ledger, dir: folder.dir, run, jsonl: true })
    ledger.close()
    expect(readdirSync(folder.dir).filter((file) => !file.startsWith('ledger'))).toEqual([
      'rejects.csv',
      'report.html',
      'results.csv',
      'results.jsonl',
      'summary.json',
    ])
    expect(statSync(join(folder.dir, 'report.html')).mode & 0o777).toBe(0o600)
    for (const report of reports) {
      const text = readFileSync(join(folder.dir, report), 'utf8')
      expect(statSync(join(folder.dir, report)).mode & 0o777).toBe(0o600)
      await expect(text).toMatchFileSnapshot(join(golden, name, 'expected', report))
    }
    expect(JSON.parse(readFileSync(join(folder.dir, 'summary.json'), 'utf8'))).toEqual(summary)
  })
})

function fill(ledger: Ledger, { columns, rows, deliveries, outcomes = [] }: Omit<Case, 'run'>): void {
  if (columns !== undefined) ledger.meta.set('columns', columns)
  ledger.write({
    rows: rows.map(({ cells, value = null, batches = {}, ...row }) => {
      return { ...row, batches, input: cells === undefined ? { kind: 'value', value } : { kind: 'cells', cells } }
    }),
    deliveries: deliveries.map((delivery) => ({ ...delivery, outcomes: delivery.outcomes.map(filled) })),
    outcomes: outcomes.map(filled),
  })
}

function filled(outcome: Outcome): Outcome {
  return { ...outcome, warnings: outcome.warnings ?? [], sideEffects: outcome.sideEffects ?? [] }
}
