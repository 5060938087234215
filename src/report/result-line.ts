import type { ResultRow } from '../ledger/ledger.ts'
import { csvCell, csvLineEnd } from './csv-cell.ts'
import { harmless } from './harmless.ts'
import { addedColumns } from './layout.ts'
import type { Layout } from './layout.ts'
import { subjectResult } from './subject-result.ts'
import { type Verdict, verdictOf } from './verdict.ts'

/** The first line of results.csv and rejects.csv, with its line end. */
export function headerLine(layout: Layout): string {
  const file = layout.fileOf === undefined ? [] : ['_file']
  return [...layout.columns.map(csvCell), ...addedColumns, ...file].join(',') + csvLineEnd
}

/**
 * A row's line in results.csv, with its line end: the file's own cells untouched, then what became of the row, made
 * harmless for spreadsheets. A row that is still open has an empty `_status` and `_finished_at`.
 */
export function resultLine(row: ResultRow, layout: Layout, verdict: Verdict = verdictOf(row)): string {
  let line = ''
  for (const cell of layout.cells(row.input)) line += `${csvCell(cell)},`
  const { customerId, attempts, code, message, hint, warnings, sideEffects, requestId, finishedAt } = verdict
  const [record, links] = [subjectResult('record', row.outcomes), subjectResult('links', row.outcomes)]
  line += `${row.row},${row.line},${row.status ?? ''},${record ?? ''},${text(customerId)},${links ?? ''}`
  line += `,${attempts},${code},${text(message)},${text(hint)},${text(warnings)},${text(sideEffects)}`
  const file = layout.fileOf === undefined ? '' : `,${text(layout.fileOf(row.row))}`
  return `${line},${text(requestId)},${finishedAt}${file}${csvLineEnd}`
}

function text(value: string): string {
  return value === '' ? '' : csvCell(harmless(value))
}
