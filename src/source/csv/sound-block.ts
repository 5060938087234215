import { CsvError, parse } from 'csv-parse/sync'
import type { CsvDialect } from './csv-dialect.ts'

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
 * that are not sound: then quotes do not tell where records end.
 */
export function readSoundBlock(text: string, { delimiter, quote }: CsvDialect): SoundBlock | undefined {
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
      const cells = record.split(delimiter)
      records.push({ cells, lines: 1, isBlank: cells.length === 1 && BLANK.test(record) })
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

function isOdd(line: string, quote: string): boolean {
  let odd = false
  for (let at = line.indexOf(quote); at >= 0; at = line.indexOf(quote, at + 1)) odd = !odd
  return odd
}

const PENDING: SoundRecord = { cells: [], lines: 0, isBlank: false }
const BLANK = /^[ \t]*$/
const LONE_CR = /\r(?!\n)/
