import type { SourceRow } from '../../model.ts'
import { soundText, unsoundText } from '../../outside/sound-text.ts'
import { isErrorWord } from '../../outside/spreadsheet-errors.ts'
import { isReportHeader } from '../report-header.ts'
import type { Table } from '../table/table.ts'
import type { SheetRow } from './workbook.ts'

/** Makes rows of a sheet's: none of those that are no records. `empty`: texts that stand for nothing, errors among them. */
export function rowMaker(table: Table, empty: readonly string[] = []): (row: SheetRow) => readonly SourceRow[] {
  const { columns } = table
  const isReport = isReportHeader(columns)
  let count = 0
  let last = 0
  const isNothing = (text = ''): boolean => empty.includes(text) && isErrorWord(text)
  return ({ number: line, cells: found, faults }) => {
    const fault = faults.find(({ column }) => !isNothing(found[column]))
    const whole = Array.from({ length: Math.max(found.length, columns.length) }, (_, column) =>
      soundText(found[column] ?? ''),
    )
    const cells = whole.slice(0, columns.length)
    const reading = fault === undefined ? table.read(whole, { line, afterBlank: line > last + 1 }) : 'plain'
    last = line
    if (reading === 'none') return []
    const problem = problemOf({ line, fault, found, columns: table.header, isReport })
    const row: SourceRow = { row: ++count, line, input: { kind: 'cells', cells }, ...problem }
    return [reading === 'plain' ? row : table.arrange(row, whole)]
  }
}

function problemOf({
  line,
  fault,
  found,
  columns,
  isReport,
}: {
  line: number
  fault: SheetRow['faults'][number] | undefined
  found: readonly string[]
  columns: readonly string[]
  isReport: boolean
}): Pick<SourceRow, 'problem' | 'raw'> {
  const place = (column: number) =>
    `line ${line}, column ${column + 1}${columns[column] === undefined ? '' : ` ${JSON.stringify(columns[column])}`}`
  if (fault !== undefined) return { problem: `${place(fault.column)}: ${fault.problem}.` }
  if (found.length > columns.length) {
    const problem = `line ${line}: the record has ${found.length} cells; the header has ${columns.length}. Name the column, or empty the cells behind the last one.`
    return { problem, raw: JSON.stringify(Array.from(found, (cell) => cell ?? '')) }
  }
  const unsound = found.findIndex((cell) => cell !== undefined && unsoundText(cell) !== undefined)
  if (unsound >= 0) {
    const problem = `${place(unsound)}: the value holds ${unsoundText(found[unsound] ?? '')}; text was expected. Remove it.`
    return { problem }
  }
  const lost = isReport ? found.findIndex((cell) => cell?.includes('\uFFFD')) : -1
  if (lost < 0) return {}
  return {
    problem: `${place(lost)}: the value holds U+FFFD, in whose place the file that was imported had a character that could not be read. Put the right character there.`,
  }
}
