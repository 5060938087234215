import { CsvError, parse } from 'csv-parse/sync'
import { escapeOf } from './csv-dialect.ts'
import type { CsvDialect } from './csv-dialect.ts'
import { looksJoined } from './looks-joined.ts'
import { unescapeCell } from './unescape-cell.ts'

/** Records of a text, in order, with how many lines each takes. */
export interface SoundBlock {
  readonly records: readonly SoundRecord[]
  /** The length of the text that they take up, in UTF-16 units. What is behind it is the start of a record. */
  readonly length: number
}

export interface SoundRecord {
  readonly cells: readonly string[]
  readonly lines: number
  /** An empty line, or one of spaces and tabs: no record. */
  readonly isBlank: boolean
}

/**
 * Reads the whole records of a text that ends with a line. Lines without quotes are split, which is what makes reading
 * fast; the records with quotes go to csv-parse. Undefined where a line ends with a CR alone, or csv-parse finds quotes
 * that are not sound: then quotes do not tell where records end; where quotes are escaped by another character; and where
 * a record has several lines, though that is in doubt (`oneLine`), or seems to be several (`joinWidth`: the header's cells).
 */
export function readSoundBlock(
  text: string,
  dialect: CsvDialect,
  { oneLine, joinWidth }: { oneLine: boolean; joinWidth?: number | undefined },
): SoundBlock | undefined {
  const { delimiter, quote } = dialect
  const escape = escapeOf(dialect)
  if (escape !== undefined && quote !== undefined && text.includes(escape)) return undefined
  const lines = text.split('\n')
  const hasCr = text.includes('\r')
  const records: SoundRecord[] = []
  const quoted: { readonly text: string; readonly lines: number; readonly at: number }[] = []
  // What follows the last line end: empty, unless the file ends without one.
  const count = lines.at(-1) === '' ? lines.length - 1 : lines.length
  let length = 0
  for (let at = 0; at < count;) {
    let record = lines[at++] ?? ''
    let taken = 1
    if (quote !== undefined && record.includes(quote)) {
      let open = isOdd(record, quote)
      while (open && at < count) {
        const line = lines[at++] ?? ''
        if (isOdd(line, quote)) open = false
        record += `\n${line}`
        taken++
      }
      if (open) break
      if (oneLine && taken > 1) return undefined
      if (joinWidth !== undefined && taken > 1 && looksJoined(record, { width: joinWidth, delimiter })) return undefined
    }
    if (escape !== undefined && record.includes(escape)) {
      let open = endsEscaped(record, escape)
      while (open && at < count) {
        const line = lines[at++] ?? ''
        record += `\n${line}`
        open = endsEscaped(line, escape)
        taken++
      }
      if (open) break
    }
    length += record.length + 1
    if (hasCr) {
      if (record.endsWith('\r')) record = record.slice(0, -1)
      if (LONE_CR.test(record)) return undefined
    }
    if (quote !== undefined && record.includes(quote)) {
      quoted.push({ text: record, lines: taken, at: records.length })
      records.push(PENDING)
    } else {
      const cells =
        escape !== undefined && record.includes(escape)
          ? splitEscaped(record, delimiter, escape)
          : record.split(delimiter)
      records.push({ cells, lines: taken, isBlank: cells.length === 1 && BLANK.test(record) })
    }
  }
  return readQuoted(quoted, records, { delimiter, quote })
    ? { records, length: Math.min(length, text.length) }
    : undefined
}

/** Puts the records with quotes where they belong. False where csv-parse refuses one. */
function readQuoted(
  quoted: readonly { readonly text: string; readonly lines: number; readonly at: number }[],
  records: SoundRecord[],
  { delimiter, quote }: Pick<CsvDialect, 'delimiter' | 'quote'>,
): boolean {
  if (quoted.length === 0) return true
  const parsed = parseQuoted(quoted.map((each) => each.text).join('\n'), { delimiter, quote })
  if (parsed?.length !== quoted.length) return false
  for (const [index, { lines, at }] of quoted.entries())
    records[at] = { cells: parsed[index] ?? [], lines, isBlank: false }
  return true
}

function parseQuoted(
  text: string,
  { delimiter, quote }: Pick<CsvDialect, 'delimiter' | 'quote'>,
): string[][] | undefined {
  try {
    return parse(text, {
      delimiter,
      quote: quote ?? false,
      escape: quote ?? false,
      relax_column_count: true,
      record_delimiter: '\n',
    })
  } catch (error) {
    if (error instanceof CsvError) return undefined
    throw error
  }
}

/** True where the last character of a line escapes its line end. A CR before the LF is taken along. */
function endsEscaped(line: string, escape: string): boolean {
  let at = line.length - (line.endsWith('\r') ? 2 : 1)
  let odd = false
  for (; line[at] === escape; at--) odd = !odd
  return odd
}

function splitEscaped(record: string, delimiter: string, escape: string): string[] {
  const cells: string[] = []
  let start = 0
  for (let at = 0; at < record.length; at++) {
    if (record[at] === escape) at++
    else if (record[at] === delimiter) {
      cells.push(unescapeCell(record.slice(start, at), escape))
      start = at + 1
    }
  }
  return [...cells, unescapeCell(record.slice(start), escape)]
}

function isOdd(line: string, quote: string): boolean {
  let odd = false
  for (let at = line.indexOf(quote); at >= 0; at = line.indexOf(quote, at + 1)) odd = !odd
  return odd
}

const PENDING: SoundRecord = { cells: [], lines: 0, isBlank: false }
const BLANK = /^[ \t]*$/
const LONE_CR = /\r(?!\n)/
