import { type SourceRow, UsageError } from '../../model.ts'
import { soundText, unsoundText } from '../../outside/sound-text.ts'
import type { Declared } from '../declared.ts'
import { isReportHeader } from '../report-header.ts'
import { emptyError } from '../rows.ts'
import type { Rows } from '../rows.ts'
import { Table } from '../table/table.ts'
import type { ZipArchive } from '../zip-archive.ts'
import { readNumberFormats } from './number-formats.ts'
import { entryOf, findSheet } from './open-sheet.ts'
import { readSheet } from './read-sheet.ts'
import type { SheetRow } from './read-sheet.ts'
import { readSharedStrings } from './shared-strings.ts'

/**
 * Opens a sheet of an Excel workbook (.xlsx) as rows of cells: its first row that holds anything is the header. A row's
 * `line` is the sheet's row. Throws UsageError where the workbook is broken, or has no such sheet or no header.
 */
export async function openWorkbook(archive: ZipArchive, name: string, declared: Declared): Promise<Rows> {
  return await namingFaults(name, async () => {
    const sheet = await findSheet(archive, declared.sheet, name)
    const textEntry = entryOf(archive, 'xl/sharedStrings.xml')
    const styleEntry = entryOf(archive, 'xl/styles.xml')
    const texts =
      textEntry === undefined ? { get: () => undefined } : await readSharedStrings(archive.read(textEntry).pieces)
    const formats = styleEntry === undefined ? [] : await readNumberFormats(archive.read(styleEntry).pieces)
    const { pieces, progress } = archive.read(sheet.entry)
    const reading = readSheet(pieces, { texts, formats, from1904: sheet.from1904 })

    const skip = declared.skip ?? 0
    let columns = declared.columns
    let first: SheetRow[] = []
    while (columns === undefined || first.length === 0) {
      const next = await reading.next()
      if (next.done === true) break
      first.push(...next.value.filter((row) => row.number > skip))
      const header = columns === undefined ? first.shift() : undefined
      if (header !== undefined) columns = readHeader(header, name)
    }
    if (columns === undefined) throw emptyError(name)
    const table = new Table(columns)
    const toRows = rowMaker(table)
    return {
      format: 'xlsx',
      columns,
      told: [
        `sheet ${JSON.stringify(sheet.name)}${sheet.of > 1 && declared.sheet === undefined ? `, the first of ${sheet.of}` : ''}`,
      ],
      passedOver: () => table.passed.all(),
      progress,
      async *read() {
        yield first.splice(0).flatMap(toRows)
        for (;;) {
          const next = await namingFaults(name, () => reading.next())
          if (next.done === true) return
          yield next.value.filter((row) => row.number > skip).flatMap(toRows)
        }
      },
    }
  })
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

/** Makes rows of a sheet's: none of those that are no records. */
function rowMaker(table: Table): (row: SheetRow) => readonly SourceRow[] {
  const { columns } = table
  const isReport = isReportHeader(columns)
  let count = 0
  let last = 0
  return ({ number: line, cells: found, faults: [fault] }) => {
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

/** What is broken in the workbook is told as such; what is said already stays. */
async function namingFaults<T>(name: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    if (error instanceof UsageError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${name} is a broken workbook (${why}). Open it in a spreadsheet program, and save it anew.`, {
      cause: error,
    })
  }
}
