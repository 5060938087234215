import type { CsvDialect } from './csv-dialect.ts'
import { escapeOf, nameCharacter } from './csv-dialect.ts'
import { cellText } from './csv-record.ts'
import type { CsvRecord, QuoteFault } from './csv-record.ts'
import { lostCharacter } from '../text/utf8.ts'

/** What a CSV record is held against. */
export interface CsvContext {
  readonly columns: readonly string[]
  readonly dialect: CsvDialect
  /** What the file's bytes were before they were UTF-8. */
  readonly encoding: string
  /** The file is a report of ours, in which U+FFFD stands for what could not be read. */
  readonly isReport: boolean
  /** Nothing has shown that the file puts values in quotes, and the plan does not say it. */
  readonly doubtQuotes: boolean
}

/** A longer cell holds no value of a member: most likely a quote was left open. */
const MAX_CELL_BYTES = 256 * 1024

/** Whether one of a text's cells is longer than that. */
export function holdsLong(cells: readonly string[], { length }: string): boolean {
  if (length <= MAX_CELL_BYTES / 3) return false
  return cells.some((cell) => cell.length > MAX_CELL_BYTES / 3 && Buffer.byteLength(cell) > MAX_CELL_BYTES)
}

/**
 * What is wrong with a record, in words: where, what was expected, what to do. Undefined for a sound record.
 * It names lines and columns and quotes no values, so that it may stand in any report.
 */
export function findCsvProblem(bytes: Buffer, record: CsvRecord, context: CsvContext): string | undefined {
  if (record.fault !== undefined)
    return (
      spacedQuotes(bytes, record, context) ?? quotedNull(bytes, record, context) ?? quoteProblem(record.fault, context)
    )
  const { columns, dialect, encoding, isReport } = context
  const { cells } = record
  const hidesNul = escapeOf(dialect) !== undefined
  for (const [index, found] of cells.entries()) {
    const { start, end, line } = found
    const cell = bytes.subarray(start, end)
    const lost = lostCharacter(cell, encoding)
    const place = placeOf(line, index, columns)
    if (lost !== undefined) return `${place}: ${lost}`
    if ((cell.length > 1 && cell.includes(0)) || (hidesNul && cellText(bytes, found, dialect).includes('\0'))) {
      return `${place}: the value holds a NUL byte; text was expected. Remove it, or export the file anew.`
    }
    if (cell.length > MAX_CELL_BYTES) {
      return `${place}: the value is ${cell.length} bytes long; at most ${MAX_CELL_BYTES} were expected. Shorten it, or look for a quote that was left open.`
    }
    if (isReport && cell.includes('\uFFFD')) {
      return `${place}: the value holds U+FFFD, in whose place the file that was imported had a character that could not be read. Put the right character there.`
    }
  }
  return cells.length === columns.length ? undefined : raggedProblem(record, context)
}

/** A column as people count and name it: `column 3 "city"`. */
function placeOf(line: number, index: number, columns: readonly string[]): string {
  const name = columns[index]
  const column = name === undefined ? `column ${index + 1}` : `column ${index + 1} ${JSON.stringify(name)}`
  return `line ${line}, ${column}`
}

/** White space between a quote and the delimiter: the quotes are meant, and count for nothing there. */
function spacedQuotes(
  bytes: Buffer,
  { cells, end, fault }: CsvRecord,
  { columns, dialect }: CsvContext,
): string | undefined {
  const [cell, quote] = [cells[fault?.column ?? -1], dialect.quote]
  if (fault === undefined || cell === undefined || quote === undefined) return undefined
  const text = bytes.toString('utf8', cell.start, Math.min(end, cell.start + LOOKED_AT))
  const isBefore = /^[ \t]+/.test(text) && text.trimStart().startsWith(quote)
  const close = text.startsWith(quote)
    ? text
        .slice(1)
        .replaceAll(quote + quote, '  ')
        .indexOf(quote) + 1
    : 0
  const behind = close > 0 ? text.slice(close + 1).trimStart() : undefined
  if (!isBefore && (behind === undefined || !(behind === '' || behind.startsWith(dialect.delimiter)))) return undefined
  return (
    `${placeOf(fault.line, fault.column, columns)}: white space stands beside the value's quotes (${quote}), which must stand ` +
    `right beside the delimiter (${nameCharacter(dialect.delimiter)}). Take the white space between them away.`
  )
}

/** What MySQL and MariaDB write for NULL where the quote is the escape as well: it opens a quote that nothing closes. */
function quotedNull(
  bytes: Buffer,
  { cells, fault }: CsvRecord,
  { columns, dialect: { delimiter, quote } }: CsvContext,
): string | undefined {
  const cell = cells[fault?.column ?? -1]
  if (fault === undefined || cell === undefined || quote === undefined) return undefined
  const text = bytes.toString('utf8', cell.start, cell.start + NULL_BYTES)
  if (!text.startsWith(`${quote}N`) || ![delimiter, '\n', '\r'].includes(text[2] ?? '')) return undefined
  return (
    `${placeOf(fault.line, fault.column, columns)}: ${quote}N is how MySQL and MariaDB write NULL where a quote escapes ` +
    `(ESCAPED BY '${quote}'), and it opens a quote that nothing closes. Export it anew without ESCAPED BY, and NULL is \\N.`
  )
}

/** A quote, the N, and what divides cells. */
const NULL_BYTES = 6

/** So much of a value shows where its quotes stand. */
const LOOKED_AT = 4096

function quoteProblem(fault: QuoteFault, context: CsvContext): string {
  return `${quoteFault(fault, context)}${context.doubtQuotes ? NEVER_QUOTES : ''}`
}

const NEVER_QUOTES =
  ' If the program that wrote the file never puts values in quotes, say so in the plan: `rows: { quote: none }`.'

function quoteFault({ kind, column, line, until }: QuoteFault, { columns, dialect }: CsvContext): string {
  const place = placeOf(line, column, columns)
  const { quote = '', escape = quote, delimiter } = dialect
  const doubled = `${escape === quote ? 'double each quote inside it' : 'escape each quote inside it'} (${escape}${quote})`
  switch (kind) {
    case 'stray':
      return `${place}: a quote (${quote}) stands inside a value that is not quoted. Put the whole value in quotes, and ${doubled}.`
    case 'unclosed':
      return `${place}: the quote (${quote}) that opens the value is never closed (looked for up to line ${until}); the record was taken to end with line ${line}. Close the quote.`
    case 'joins':
      return `${place}: the value opens with a quote (${quote}) that is closed on line ${until}, and yet the first and the last of these lines are whole records by themselves: each was read as one. If the quotes hold one value together, say \`rows: { quote: ${JSON.stringify(quote)} }\`.`
    case 'text-after': {
      if (until === line) {
        return `${place}: text follows the quote (${quote}) that closes the value; a delimiter (${nameCharacter(delimiter)}) or the end of the line was expected. Where a value is quoted, ${doubled}.`
      }
      return `${place}: the quote (${quote}) that opens the value meets a quote with text behind it on line ${until}; its own closing quote is probably missing, and the record was taken to end with line ${line}. Close the quote.`
    }
  }
}

/** Says of a record how many cells it has and should have. */
function raggedProblem(
  { cells, isCutOff }: Pick<CsvRecord, 'isCutOff'> & { readonly cells: readonly { readonly line: number }[] },
  { columns, dialect }: Pick<CsvContext, 'columns' | 'dialect'>,
): string {
  const found = cells.length
  const line = cells[0]?.line ?? 0
  const counts = `line ${line}: the record has ${found} ${found === 1 ? 'cell' : 'cells'}; the header has ${columns.length}.`
  const delimiter = nameCharacter(dialect.delimiter)
  if (found > columns.length) {
    return `${counts} A value with a delimiter (${delimiter}) inside needs quotes around it.`
  }
  if (isCutOff) return `${counts} The file ends within this line: it was probably cut off. Get the file again.`
  return `${counts} Add the missing cells (empty ones need their delimiters too: ${delimiter}).`
}
