import { UsageError } from '../../model.ts'
import { STANDARD, nameCharacter } from './csv-dialect.ts'
import type { CsvDialect } from './csv-dialect.ts'
import { findLineEnd, skipLineEnd } from './csv-record.ts'
import { dialectOf, findQuotes } from './find-quotes.ts'
import { readSample } from './read-sample.ts'
import type { Declared } from '../declared.ts'

/** How a CSV file is written and where its header is. */
export interface Layout {
  readonly dialect: CsvDialect
  /** Lines before the header. */
  readonly skip: number
  /** Nothing has shown that its values are in quotes at all, and the plan does not say it. */
  readonly doubtQuotes: boolean
  /** What was found out rather than declared, in words for people. */
  readonly told: readonly string[]
}

/** Delimiters that are looked for: the second row only where none of the first divides the header. */
const DELIMITERS = [
  [',', ';', '\t', '|'],
  ['\u001F', '\u0001', '^', '~'],
]
const SAMPLE_RECORDS = 100
/** The share of records from which on a width counts as the file's. */
const MOSTLY = 0.8

/**
 * Finds a CSV file's delimiter, quote and escape from its first bytes (UTF-8; `complete`: these are all), where the plan
 * does not declare them. Quotes count while it looks: a delimiter within them divides nothing. Throws UsageError where
 * lines seem to stand before the header.
 */
export function findLayout(
  sample: Buffer,
  declared: Declared,
  { complete, name }: { complete: boolean; name: string },
): Layout {
  const separator = declared.skip === undefined ? readSeparatorLine(sample) : undefined
  const skip = declared.skip ?? (separator === undefined ? 0 : 1)
  const text = sample.subarray(startOfLine(sample, skip))
  const known = declared.delimiter ?? separator
  const found = known ?? findDelimiter(text, declared, complete)
  const delimiter = found ?? STANDARD.delimiter
  const quotes = findQuotes(text, delimiter, declared, complete)
  const dialect = dialectOf(delimiter, quotes)
  if (found === undefined) {
    refuseTitle(text, {
      declared,
      skip,
      complete,
      name,
      withDelimiter: (each) => dialectOf(each, quotes),
    })
  }
  const { quote, escape } = quotes
  const told = [
    ...(known === undefined && delimiter !== STANDARD.delimiter ? [`delimiter ${nameCharacter(delimiter)}`] : []),
    ...(declared.quote === undefined && quote !== STANDARD.quote && escape === quote
      ? [`quote ${quote ?? 'none'}`]
      : []),
    ...(declared.escape === undefined && escape !== quote ? [`escape ${escape}`] : []),
  ]
  return { dialect, skip, doubtQuotes: quotes.doubt, told }
}

/** The delimiter that divides the header, and the records most alike; undefined where none does. */
function findDelimiter(text: Buffer, { quote, escape }: Declared, complete: boolean): string | undefined {
  const declared = quote === 'none' ? undefined : quote
  const quotes = quote === undefined ? [STANDARD.quote, ...(text.includes("'") ? ["'"] : []), undefined] : [declared]
  for (const delimiters of DELIMITERS) {
    let best: Trial | undefined
    for (const each of quotes) {
      const dialect = { quote: each, escape: escape === undefined || escape === 'none' ? each : escape }
      const trials = delimiters.map((delimiter) => trial(text, { ...dialect, delimiter }, complete))
      best = bestOf(best === undefined ? trials : [best, ...trials])
      // Other quotes are looked at only where these leave something to be wished.
      if (best.width > 1 && best.alike === 1) break
    }
    if (best !== undefined && best.width > 1) return best.dialect.delimiter
  }
  return undefined
}

interface Trial {
  readonly dialect: CsvDialect
  /** Cells of the first record. */
  readonly width: number
  /** The share of records as wide as the first, and sound. */
  readonly alike: number
}

function trial(sample: Buffer, dialect: CsvDialect, complete: boolean): Trial {
  const records = readSample(sample, dialect, { complete, most: SAMPLE_RECORDS })
  const width = records[0]?.cells.length ?? 0
  const alike = records.filter(({ cells, fault }) => cells.length === width && fault === undefined).length
  return { dialect, width, alike: records.length === 0 ? 0 : alike / records.length }
}

/** Of those that divide the header, the one whose records are most alike; among equals, the one with most columns. */
function bestOf(trials: readonly Trial[]): Trial {
  const [best] = trials.toSorted(
    (a, b) => Number(b.width > 1) - Number(a.width > 1) || b.alike - a.alike || b.width - a.width,
  )
  if (best === undefined) throw new Error('no delimiter was tried')
  return best
}

/** Excel's own line `sep=;`, which says the delimiter. */
function readSeparatorLine(sample: Buffer): string | undefined {
  return /^sep=(\p{ASCII})\r?\n/iu.exec(sample.toString('latin1', 0, 10))?.[1]
}

function startOfLine(sample: Buffer, lines: number): number {
  let at = 0
  for (let line = 0; line < lines; line++) {
    at = skipLineEnd(sample, findLineEnd(sample, at, sample.length), true) ?? sample.length
  }
  return at
}

/** A first line of one cell above records that (nearly) all have the same number of more: a title, and no header. */
function refuseTitle(
  sample: Buffer,
  {
    declared,
    skip,
    complete,
    name,
    withDelimiter,
  }: {
    declared: Declared
    skip: number
    complete: boolean
    name: string
    withDelimiter: (delimiter: string) => CsvDialect
  },
): void {
  if (declared.columns !== undefined) return
  for (const delimiter of DELIMITERS.flat()) {
    const records = readSample(sample, withDelimiter(delimiter), { complete, most: SAMPLE_RECORDS })
    const header = records.findIndex(({ cells }) => cells.length > 1)
    const rows = records.slice(header)
    const width = rows[0]?.cells.length ?? 0
    const alike = rows.filter(({ cells }) => cells.length === width).length
    // Two cells may come of a comma in a text. Of more, a few records may have others: files are like that.
    if (header < 1 || rows.length < 2 || alike < (width === 2 ? rows.length : rows.length * MOSTLY)) continue
    const line = rows[0]?.cells[0]?.line ?? 1
    throw new UsageError(
      `The first line of ${name}${skip === 0 ? '' : ` behind the ${skip} skipped`} is no header: it has 1 cell, and the records from line ${line + skip} on have ${width}. ` +
        `If the header is on line ${line + skip}, say how many lines stand before it in the plan: \`rows: { skip: ${line + skip - 1} }\`.`,
    )
  }
}
