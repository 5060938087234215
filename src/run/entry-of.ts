import type { RowEntry } from '../ledger/ledger.ts'
import type { SourceRow } from '../model.ts'

/** A row as the ledger is to have it, but for what it asks for. */
export function entryOf(row: SourceRow, key: string): Omit<RowEntry, 'asks'> {
  return { row: row.row, line: row.line, key, input: row.input, raw: row.raw, batches: {} }
}
