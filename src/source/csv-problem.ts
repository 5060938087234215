import type { CsvRecord, QuoteFault } from './csv-record.ts'
import { findBadByte } from './utf8.ts'

/**
 * What is wrong with a record, in words: where, what was expected, what to do. Undefined for a sound record.
 * It names lines and columns and quotes no values, so that it may stand in any report.
 */
export function findCsvProblem(bytes: Buffer, record: CsvRecord, columns: readonly string[]): string | undefined {
  if (record.fault !== undefined) return quoteProblem(record.fault, columns)
  const { cells } = record
  for (const [index, { start, end, line }] of cells.entries()) {
    const cell = bytes.subarray(start, end)
    const bad = findBadByte(cell)
    if (bad !== undefined) {
      return `${placeOf(line, index, columns)}: ${bad} of the value is not UTF-8. Save the file as UTF-8 and import it again.`
    }
    if (cell.includes(0)) {
      return `${placeOf(line, index, columns)}: the value holds a NUL byte; text was expected. Remove it, or export the file anew.`
    }
  }
  if (cells.length === columns.length) return undefined
  return raggedProblem(cells[0]?.line ?? 0, cells.length, columns)
}

/** A column as people count and name it: `column 3 "city"`. */
function placeOf(line: number, index: number, columns: readonly string[]): string {
  const name = columns[index]
  const column = name === undefined ? `column ${index + 1}` : `column ${index + 1} ${JSON.stringify(name)}`
  return `line ${line}, ${column}`
}

function quoteProblem({ kind, column, line, until }: QuoteFault, columns: readonly string[]): string {
  const place = placeOf(line, column, columns)
  switch (kind) {
    case 'stray':
      return `${place}: a quote (") stands inside a value that is not quoted. Put the whole value in quotes, and double each quote inside it ("").`
    case 'unclosed':
      return `${place}: the quote (") that opens the value is never closed (looked for up to line ${until}); the record was taken to end with line ${line}. Close the quote.`
    case 'text-after': {
      if (until === line) {
        return `${place}: text follows the quote (") that closes the value; a comma or the end of the line was expected. Double each quote inside a quoted value ("").`
      }
      return `${place}: the quote (") that opens the value meets a quote with text behind it on line ${until}; its own closing quote is probably missing, and the record was taken to end with line ${line}. Close the quote.`
    }
  }
}

function raggedProblem(line: number, found: number, columns: readonly string[]): string {
  const cells = `line ${line}: the record has ${found} ${found === 1 ? 'cell' : 'cells'}; the header has ${columns.length}.`
  return found > columns.length
    ? `${cells} A comma inside a value needs quotes around the value.`
    : `${cells} Add the missing cells (empty ones need their commas too).`
}
