import { closeSync, openSync } from 'node:fs'

import { fileWriter, parquetWriteRows } from 'hyparquet-writer'

import { type Layout, readLayout } from '../layout.ts'
import type { Rendering } from '../render-reports.ts'
import { verdictOf } from '../verdict.ts'
import { type TypedColumn, type TypedValue, typedColumns, typedValues } from './typed-row.ts'

/** Rows that are held at a time: a row group. */
const GROUP_ROWS = 20_000

/**
 * Writes the rows of results.csv as Parquet, with types: whole numbers, times, and text for the rest; what is empty in
 * the columns that we add is null. A group of rows at a time is in memory.
 */
export function renderParquet(path: string, { ledger }: Pick<Rendering, 'ledger'>): void {
  const layout = readLayout(ledger)
  const columns = typedColumns(layout)
  closeSync(openSync(path, 'wx', 0o600))
  void parquetWriteRows({
    writer: fileWriter(path),
    rows: rowsOf(ledger, layout, columns),
    columns: columns.map(({ name, type }) => ({ name, type: parquetTypes[type], nullable: true })),
    rowGroupSize: GROUP_ROWS,
    createdBy: 'rollcall',
  })
}

const parquetTypes = { text: 'STRING', number: 'INT32', time: 'TIMESTAMP' } as const

function* rowsOf(
  ledger: Rendering['ledger'],
  layout: Layout,
  columns: readonly TypedColumn[],
): Generator<Record<string, string | number | Date | null>> {
  for (const row of ledger.results()) {
    const values = typedValues(row, layout, verdictOf(row))
    yield Object.fromEntries(columns.map(({ name, type }, at) => [name, parquetValue(values[at], type)]))
  }
}

function parquetValue(value: TypedValue, type: TypedColumn['type']): string | number | Date | null {
  if (value === undefined) return null
  return type === 'time' ? new Date(value) : value
}
