import { UsageError } from '../../model.ts'
import { unsoundText } from '../../outside/sound-text.ts'
import { headerBelow } from '../csv/find-layout.ts'
import type { Declared } from '../declared.ts'
import { emptyError } from '../rows.ts'
import type { Rows } from '../rows.ts'
import { usualMarks } from '../table/comments.ts'
import { countLabels } from '../table/count-labels.ts'
import { findHeader } from '../table/find-header.ts'
import { Table } from '../table/table.ts'
import { chooseSheet, toFirstRow } from './choose-sheet.ts'
import { rowMaker } from './sheet-rows.ts'
import type { SheetRow, Workbook } from './workbook.ts'

/**
 * A sheet's rows of cells below its header. A row's `line` is the sheet's row. Throws UsageError where the workbook has no such
 * sheet, or the sheet no header.
 */
export async function readWorkbook(workbook: Workbook, name: string, declared: Declared): Promise<Rows> {
  const sheet = await chooseSheet(workbook, declared.sheet, name)
  const skip = declared.skip ?? 0
  const first = sheet.first.filter((row) => row.number > skip)
  const isLookedFor = declared.skip === undefined && declared.columns === undefined
  const at = isLookedFor ? findHeader(first.map(toFirstRow)) : 0
  const above = first.splice(0, at)
  const header = declared.columns === undefined ? await takeHeader(first, sheet.reading.rows, skip) : undefined
  const columns = declared.columns ?? (header === undefined ? undefined : readHeader(header, name))
  if (columns === undefined) throw emptyError(name)
  const labels = header === undefined ? 0 : countLabels([header, ...first].map(toFirstRow))
  const table = new Table(columns, {
    labels,
    comments: { declared: declared.comment, usual: usualMarks(first.map(toFirstRow)) },
  })
  const toRows = rowMaker(table, declared.empty)
  return {
    format: workbook.format,
    columns,
    told: [sheet.told],
    unread: sheet.unread,
    notes: [
      ...sheet.notes,
      ...(first.some(({ isHidden }) => isHidden === true) ? [HIDDEN_ROWS] : []),
      ...(above.length === 0 || header === undefined ? [] : [headerBelow('row', header.number - 1)]),
    ],
    passedOver: () => table.passed.all(),
    progress: sheet.reading.progress,
    async *read() {
      yield first.splice(0).flatMap(toRows)
      for await (const rows of sheet.reading.rows) yield rows.filter((row) => row.number > skip).flatMap(toRows)
    },
  }
}

const HIDDEN_ROWS =
  'Rows of the sheet are hidden, as where a filter is on: they are read like the others. Delete those that are not meant, or copy the rest into a sheet of its own.'

/** The first row behind what is skipped; more rows are read where it is not there yet. */
async function takeHeader(
  first: SheetRow[],
  rows: AsyncGenerator<SheetRow[], void, undefined>,
  skip: number,
): Promise<SheetRow | undefined> {
  while (first.length === 0) {
    const next = await rows.next()
    if (next.done === true) return undefined
    first.push(...next.value.filter((row) => row.number > skip))
  }
  return first.shift()
}

function readHeader({ number, cells: found, faults }: SheetRow, name: string): readonly string[] {
  const cells = Array.from(found, (cell) => cell ?? '')
  const unsound = cells.findIndex((cell) => unsoundText(cell) !== undefined)
  const [fault] =
    unsound < 0 ? faults : [{ column: unsound, problem: `the name holds ${unsoundText(cells[unsound] ?? '')}` }]
  if (fault === undefined) return cells
  throw new UsageError(
    `The header of ${name} cannot be read. line ${number}, column ${fault.column + 1}: ${fault.problem}.`,
  )
}
