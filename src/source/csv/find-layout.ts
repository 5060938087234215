import type { Declared } from '../declared.ts'
import { countLabels } from '../table/count-labels.ts'
import { STANDARD, nameCharacter } from './csv-dialect.ts'
import type { CsvDialect } from './csv-dialect.ts'
import { findLineEnd, skipLineEnd } from './csv-record.ts'
import { escapesInQuotesOnly } from './escapes-outside.ts'
import { findDelimiter } from './find-delimiter.ts'
import type { Division } from './find-delimiter.ts'
import { dialectOf, findQuotes } from './find-quotes.ts'
import { firstRows, linesAbove } from './find-table.ts'
import { UNNAMED, findUnnamed } from './find-unnamed.ts'
import { refuseLongDelimiter } from './refuse-long-delimiter.ts'
import { refuseOneColumn } from './refuse-one-column.ts'
import { refuseRecordKinds } from './refuse-record-kinds.ts'

/** How a CSV file is written and where its header is. */
export interface Layout {
  readonly dialect: CsvDialect
  /** Lines before the header. */
  readonly skip: number
  /** Nothing has shown that its values are in quotes at all, and the plan does not say it. */
  readonly doubtQuotes: boolean
  /** The plan does not say how values are quoted: a value of several lines may be several records. */
  readonly watchJoins: boolean
  /** Every row has a cell more than the header: which one that is. */
  readonly unnamed: 'first' | 'last' | undefined
  /** Rows right below the header that say once more what its columns hold. */
  readonly labels: number
  /** What was found out rather than declared, in words for people: a list, and sentences. */
  readonly told: readonly string[]
  readonly notes: readonly string[]
}

/**
 * Finds a CSV file's delimiter, quote, escape and header from its first bytes (UTF-8; `complete`: these are all), as far as
 * the plan does not declare them. Throws UsageError where lines stand before the header, and it cannot be told which it is.
 */
export function findLayout(
  sample: Buffer,
  declared: Declared,
  { complete, name }: { complete: boolean; name: string },
): Layout {
  const separator = declared.skip === undefined ? readSeparatorLine(sample) : undefined
  const skip = declared.skip ?? (separator === undefined ? 0 : 1)
  const known = declared.delimiter ?? separator
  const text = sample.subarray(startOfLine(sample, skip))
  const first = readFrom(text, declared, { known, complete })
  const isLookedFor = declared.skip === undefined && declared.columns === undefined
  if (isLookedFor) refuseRecordKinds(text, first.dialect, { complete, name })
  const above = isLookedFor ? linesAbove({ text, complete, name, skip, known }, first.division, first.dialect) : 0
  const table = text.subarray(startOfLine(text, above))
  if (above === 0 && known === undefined) refuseOneColumn(text, first.dialect, { complete, name })
  const found = above === 0 ? first : readFrom(table, declared, { known, complete })
  if (known === undefined) refuseLongDelimiter(table, found.dialect, { complete, name })
  const unnamed = declared.columns === undefined ? findUnnamed(table, found.dialect, complete) : undefined
  const labels = declared.columns === undefined ? countLabels(firstRows({ text: table, complete }, found.dialect)) : 0
  const notes = [
    ...(above === 0 ? [] : [headerBelow('line', skip + above)]),
    ...(unnamed === undefined ? [] : [UNNAMED[unnamed]]),
  ]
  const watchJoins = declared.quote === undefined
  return { ...found, skip: skip + above, watchJoins, unnamed, labels, told: toldOf(found, declared, known), notes }
}

/** `what`: a line of a text, or a row of a sheet. */
export function headerBelow(what: 'line' | 'row', above: number): string {
  return (
    `The header was found on ${what} ${above + 1}; what stands above it names no columns, and was passed over. ` +
    `The plan may say so itself: \`rows: { skip: ${above} }\`.`
  )
}

interface Reading {
  readonly dialect: CsvDialect
  readonly doubtQuotes: boolean
  readonly division: Division | undefined
}

function readFrom(
  text: Buffer,
  declared: Declared,
  { known, complete }: { known: string | undefined; complete: boolean },
): Reading {
  const division = findDelimiter(text, declared, { known, complete })
  const delimiter = known ?? division?.dialect.delimiter ?? (isSpaced(text) ? ' ' : STANDARD.delimiter)
  const quotes = findQuotes(text, delimiter, declared, complete)
  const dialect = dialectOf(delimiter, quotes)
  const reach = escapesInQuotesOnly(text, dialect, complete) ? { escapesInQuotesOnly: true } : {}
  return { dialect: { ...dialect, ...reach }, doubtQuotes: quotes.doubt, division }
}

function toldOf({ dialect }: Reading, declared: Declared, known: string | undefined): readonly string[] {
  const { delimiter, quote, escape } = dialect
  return [
    ...(known === undefined && delimiter !== STANDARD.delimiter ? [`delimiter ${nameCharacter(delimiter)}`] : []),
    ...(declared.quote === undefined && quote !== STANDARD.quote && (quote !== undefined || escape === undefined)
      ? [`quote ${quote ?? 'none'}`]
      : []),
    ...(declared.escape === undefined && escape !== quote ? [`escape ${escape}`] : []),
  ]
}

/** A header of several names in quotes, with spaces between them, as R's write.table writes it. */
function isSpaced(text: Buffer): boolean {
  return /^"[^"\n]*"(?: "[^"\n]*")+\r?\n/.test(text.toString('latin1'))
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
