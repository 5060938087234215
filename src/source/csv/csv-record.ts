import { COMMON_DELIMITERS, escapeOf } from './csv-dialect.ts'
import type { CsvDialect } from './csv-dialect.ts'
import { CR, LF, type Marks, endsCell, findArmourEnd, findClosingQuote, isLineEnd } from './csv-quotes.ts'
import { looksJoined } from './looks-joined.ts'
import { unescapeCell } from './unescape-cell.ts'

/** Where a cell's text lies in the bytes: between its quotes where it is quoted. */
interface Cell {
  readonly start: number
  readonly end: number
  readonly quoted: boolean
  /** The line on which the cell starts. */
  readonly line: number
}

/**
 * What is wrong with a record's quotes. `column` counts from 0; `until` is the line where it showed. `joins`: a quoted value
 * of several lines, whose first and last would be whole records by themselves.
 */
export interface QuoteFault {
  readonly kind: 'stray' | 'text-after' | 'unclosed' | 'joins'
  readonly column: number
  readonly line: number
  readonly until: number
}

export interface CsvRecord {
  readonly kind: 'record'
  readonly cells: readonly Cell[]
  /** Where the record's text ends, before its line end. */
  readonly end: number
  /** Where the next record starts, and on which line. */
  readonly next: number
  readonly nextLine: number
  readonly fault: QuoteFault | undefined
  /** The file ends with it, without a line end. */
  readonly isCutOff: boolean
}

export type CsvReading =
  | CsvRecord
  /** The bytes end before the record does. */
  | { readonly kind: 'incomplete' }
  /** A line of the record goes on beyond the limit, at `next`. */
  | { readonly kind: 'overlong'; readonly next: number; readonly line: number }

interface Place {
  readonly dialect: CsvDialect
  /** Where the record starts. */
  readonly start: number
  readonly line: number
  /** No bytes follow. */
  readonly final: boolean
  readonly maxRecordBytes: number
  /** The header's cells, where nothing shows that the file has quotes: a quoted value must not make one record of two. */
  readonly doubtWidth?: number | undefined
  /** The header's cells, where the plan does not say that the file has quotes: a value of several lines may be several records. */
  readonly joinWidth?: number | undefined
}

/**
 * Reads one CSV record (RFC 4180 but for its dialect; a line ends with LF, CRLF or CR), whatever state it is in. What it says depends on
 * the record's bytes alone, never on how many more are there already.
 *
 * A quoted value that is never closed, or that has text behind its closing quote, ends with the line on which it
 * opened: what follows is read as records again, so a lost quote costs one row and not its neighbours. From that value
 * to the end of its line, quotes count as plain text, which keeps the cells behind it in their columns.
 */
export function readCsvRecord(bytes: Buffer, place: Place): CsvReading {
  const limit = place.start + place.maxRecordBytes
  const stop = Math.min(bytes.length, limit)
  const cells: Cell[] = []
  const marks = marksOf(place.dialect)
  let fault: QuoteFault | undefined
  let { start: at, line } = place

  for (;;) {
    let end: number
    if (bytes[at] === marks.quote && at < stop) {
      const { close, lines } = findClosingQuote(bytes, { open: at, stop, marks })
      if (close === stop && stop < limit && !place.final) return { kind: 'incomplete' }
      end = close + 1
      const closed = close < stop && (end === bytes.length || endsCell(bytes[end], marks))
      if (!closed) {
        const kind = close < stop ? 'text-after' : 'unclosed'
        fault ??= { kind, column: cells.length, line, until: line + lines }
        end = findLineEnd(bytes, at, stop)
        if (end === limit) return { kind: 'overlong', next: limit, line }
        if (end === bytes.length && !place.final) return { kind: 'incomplete' }
        cells.push(...splitPlain(bytes, { from: at, end, line, marks }))
        return finish(bytes, { cells, end, line, fault, final: place.final })
      }
      cells.push({ start: at + 1, end: close, quoted: true, line })
      line += lines
    } else {
      const armour = findArmourEnd(bytes, { from: at, stop, marks, final: place.final })
      if (armour === 'more' && stop < limit) return { kind: 'incomplete' }
      const plain =
        typeof armour === 'number'
          ? { end: armour, stray: false, lines: 0 }
          : findCellEnd(bytes, { from: at, stop, marks, final: place.final })
      end = plain.end
      if (end >= limit) return { kind: 'overlong', next: limit, line }
      if (end >= bytes.length && !place.final) return { kind: 'incomplete' }
      if (plain.stray) fault ??= { kind: 'stray', column: cells.length, line, until: line }
      cells.push({ start: at, end, quoted: false, line })
      line += plain.lines
    }
    if (bytes[end] !== marks.delimiter) {
      if (end >= bytes.length && !place.final) return { kind: 'incomplete' }
      const joined = line > place.line && fault === undefined && joinsRecords(bytes, { ...place, cells, end, marks })
      if (joined) return splitJoined(bytes, { ...place, cells, end, until: line, marks })
      return finish(bytes, { cells, end, line, fault, final: place.final })
    }
    at = end + 1
  }
}

/** True of a line of nothing but spaces and tabs, which is no record. */
export function isBlankLine(bytes: Buffer, start: number, { cells, end, fault }: CsvRecord): boolean {
  return cells.length === 1 && fault === undefined && BLANK.test(bytes.toString('utf8', start, end))
}

const BLANK = /^[ \t]*$/

/** A cell's text. Bytes that are not UTF-8 become U+FFFD. A NUL alone is how bcp of SQL Server writes an empty text. */
export function cellText(bytes: Buffer, { start, end, quoted }: Cell, dialect: CsvDialect): string {
  if (end - start === 1 && bytes[start] === 0) return ''
  const text = bytes.toString('utf8', start, end)
  const { quote } = dialect
  const escape = escapeOf(dialect)
  if (escape !== undefined && !quoted && dialect.escapesInQuotesOnly === true) return text === `${escape}N` ? '' : text
  if (escape !== undefined) return unescapeCell(text, escape)
  return quoted && quote !== undefined ? text.replaceAll(quote + quote, quote) : text
}

/** Where the line ends: the place of its CR or LF, or `stop`. */
export function findLineEnd(bytes: Buffer, from: number, stop: number): number {
  let at = from
  while (at < stop && bytes[at] !== LF && bytes[at] !== CR) at++
  return at
}

/** Where the next line starts, behind the line end at `end`; undefined where the next byte decides and is not there. */
export function skipLineEnd(bytes: Buffer, end: number, final: boolean): number | undefined {
  if (end >= bytes.length) return final ? end : undefined
  if (bytes[end] === LF) return end + 1
  if (end + 1 < bytes.length) return bytes[end + 1] === LF ? end + 2 : end + 1
  return final ? end + 1 : undefined
}

function marksOf(dialect: CsvDialect): Marks {
  return {
    delimiter: byteOf(dialect.delimiter),
    quote: byteOf(dialect.quote),
    escape: byteOf(escapeOf(dialect)),
    bareEscape: dialect.escapesInQuotesOnly === true ? -1 : byteOf(escapeOf(dialect)),
  }
}

function byteOf(character: string | undefined): number {
  return character?.charCodeAt(0) ?? -1
}

/** Where an unquoted cell ends, or `stop` or beyond; whether a quote stands in it, and the escaped line ends passed on the way. */
function findCellEnd(
  bytes: Buffer,
  { from, stop, marks, final }: { from: number; stop: number; marks: Marks; final: boolean },
): { end: number; stray: boolean; lines: number } {
  let stray = false
  let lines = 0
  let end = from
  for (; end < stop; end++) {
    const byte = bytes[end]
    if (byte === marks.bareEscape) {
      const next = bytes[end + 1]
      if (isLineEnd(next)) lines++
      if (next === CR && end + 2 >= bytes.length && !final) return { end: bytes.length, stray, lines }
      end += next === CR && bytes[end + 2] === LF ? 2 : 1
    } else if (byte === CR && marks.bareEscape !== -1 && bytes[end + 1] === marks.bareEscape) {
      // MariaDB puts its escape between the CR and the LF of a value: the CR ends no line.
      if (end + 2 >= bytes.length && !final) return { end: bytes.length, stray, lines }
      if (bytes[end + 2] !== LF) break
    } else if (endsCell(byte, marks)) break
    else if (byte === marks.quote) stray = true
  }
  return { end: Math.min(end, stop), stray, lines }
}

function splitPlain(
  bytes: Buffer,
  { from, end, line, marks }: { from: number; end: number; line: number; marks: Marks },
): Cell[] {
  const cells: Cell[] = []
  let start = from
  for (let at = from; at <= end; at++) {
    if (at < end && bytes[at] === marks.bareEscape) at++
    else if (at >= end || bytes[at] === marks.delimiter) {
      cells.push({ start, end: at, quoted: false, line })
      start = at + 1
    }
  }
  return cells
}

/**
 * True where the record's first and its last line would each be a whole record by itself; in a dump, whose quotes are mostly
 * text, also where a quoted value goes over lines and delimiters.
 */
function joinsRecords(
  bytes: Buffer,
  {
    start,
    end,
    doubtWidth,
    joinWidth,
    marks,
    cells,
    dialect,
  }: Place & { cells: readonly Cell[]; end: number; marks: Marks },
): boolean {
  if (joinWidth !== undefined) {
    const record = bytes.toString('utf8', start, end)
    if (looksJoined(record, { width: joinWidth, delimiter: dialect.delimiter })) return true
  }
  if (doubtWidth === undefined) return false
  const isOver = ({ start: from, end: to, quoted }: Cell) => {
    const text = quoted ? bytes.subarray(from, to) : undefined
    return text?.includes(marks.delimiter) === true && (text.includes(LF) || text.includes(CR))
  }
  if (!COMMON_DELIMITERS.has(dialect.delimiter) && cells.some(isOver)) return true
  let lastLine = end
  while (!isLineEnd(bytes[lastLine - 1])) lastLine--
  const ends = [[start, findLineEnd(bytes, start, end)] as const, [lastLine, end] as const]
  return ends.every(([from, to]) => splitPlain(bytes, { from, end: to, line: 0, marks }).length >= doubtWidth)
}

/** The first line alone, with its fault: the others are read as records again. */
function splitJoined(
  bytes: Buffer,
  { start, line, cells, end, until, marks, final }: Place & { cells: Cell[]; end: number; until: number; marks: Marks },
): CsvReading {
  const column = cells.findIndex((cell, index) => (cells[index + 1]?.line ?? until) > cell.line)
  const lineEnd = findLineEnd(bytes, start, end)
  const split = splitPlain(bytes, { from: start, end: lineEnd, line, marks })
  return finish(bytes, { cells: split, end: lineEnd, line, fault: { kind: 'joins', column, line, until }, final })
}

function finish(
  bytes: Buffer,
  {
    cells,
    end,
    line,
    fault,
    final,
  }: { cells: Cell[]; end: number; line: number; fault: QuoteFault | undefined; final: boolean },
): CsvReading {
  const next = skipLineEnd(bytes, end, final)
  if (next === undefined) return { kind: 'incomplete' }
  return { kind: 'record', cells, end, next, nextLine: line + 1, fault, isCutOff: end >= bytes.length }
}
