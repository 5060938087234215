import type { CsvDialect } from './csv-dialect.ts'

/** Where a cell's text lies in the bytes: between its quotes where it is quoted. */
interface Cell {
  readonly start: number
  readonly end: number
  readonly quoted: boolean
  /** The line on which the cell starts. */
  readonly line: number
}

/** What is wrong with a record's quotes. `column` counts from 0; `until` is the line where it showed. */
export interface QuoteFault {
  readonly kind: 'stray' | 'text-after' | 'unclosed'
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

/** A dialect's characters as bytes; -1 for what it lacks. */
interface Marks {
  readonly delimiter: number
  readonly quote: number
  readonly escape: number
}

interface Place {
  readonly dialect: CsvDialect
  /** Where the record starts. */
  readonly start: number
  readonly line: number
  /** No bytes follow. */
  readonly final: boolean
  readonly maxRecordBytes: number
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
      const plain = findCellEnd(bytes, { from: at, stop, marks })
      end = plain.end
      if (end >= limit) return { kind: 'overlong', next: limit, line }
      if (end >= bytes.length && !place.final) return { kind: 'incomplete' }
      if (plain.stray) fault ??= { kind: 'stray', column: cells.length, line, until: line }
      cells.push({ start: at, end, quoted: false, line })
    }
    if (bytes[end] !== marks.delimiter) return finish(bytes, { cells, end, line, fault, final: place.final })
    at = end + 1
  }
}

/** A cell's text. Bytes that are not UTF-8 become U+FFFD. */
export function cellText(
  bytes: Buffer,
  { start, end, quoted }: Cell,
  { quote = '', escape = quote }: CsvDialect,
): string {
  const text = bytes.toString('utf8', start, end)
  if (!quoted || !text.includes(escape)) return text
  if (escape === quote) return text.replaceAll(quote + quote, quote)
  let plain = ''
  for (let at = 0; at < text.length; at++) {
    const next = text[at + 1]
    if (text[at] === escape && (next === quote || next === escape)) at++
    plain += text[at] ?? ''
  }
  return plain
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

function marksOf({ delimiter, quote, escape = quote }: CsvDialect): Marks {
  return {
    delimiter: delimiter.charCodeAt(0),
    quote: quote?.charCodeAt(0) ?? -1,
    escape: escape?.charCodeAt(0) ?? -1,
  }
}

/** The place of the quote that closes the one at `open`, or `stop`; and the line ends passed on the way. */
function findClosingQuote(
  bytes: Buffer,
  { open, stop, marks: { quote, escape } }: { open: number; stop: number; marks: Marks },
): { close: number; lines: number } {
  let lines = 0
  let at = open + 1
  for (; at < stop; at++) {
    const byte = bytes[at]
    if (byte === escape && (bytes[at + 1] === quote || bytes[at + 1] === escape)) at++
    else if (byte === quote) break
    else if (byte === CR || (byte === LF && bytes[at - 1] !== CR)) lines++
  }
  return { close: Math.min(at, stop), lines }
}

function findCellEnd(
  bytes: Buffer,
  { from, stop, marks }: { from: number; stop: number; marks: Marks },
): { end: number; stray: boolean } {
  let stray = false
  let end = from
  for (; end < stop && !endsCell(bytes[end], marks); end++) if (bytes[end] === marks.quote) stray = true
  return { end, stray }
}

function splitPlain(
  bytes: Buffer,
  { from, end, line, marks }: { from: number; end: number; line: number; marks: Marks },
): Cell[] {
  const cells: Cell[] = []
  let start = from
  for (let at = from; at <= end; at++) {
    if (at < end && bytes[at] !== marks.delimiter) continue
    cells.push({ start, end: at, quoted: false, line })
    start = at + 1
  }
  return cells
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

function endsCell(byte: number | undefined, { delimiter }: Marks): boolean {
  return byte === delimiter || byte === LF || byte === CR
}

const LF = 10
const CR = 13
