import type { Declared } from '../declared.ts'
import { type CommentRules, isCommentAbove, usualMarks } from '../table/comments.ts'
import { countLabels } from '../table/count-labels.ts'
import { isHeader, recordsOf } from '../table/find-header.ts'
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
  /** How rows that begin like comments are taken. */
  readonly comments: CommentRules
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
  const known = declared.delimiter ?? separator
  const isLookedFor = declared.skip === undefined && declared.columns === undefined
  const before = declared.skip ?? (separator === undefined ? 0 : 1)
  const below = sample.subarray(startOfLine(sample, before))
  const comments = isLookedFor ? commentsAbove(below, declared, { known, complete }) : 0
  const skip = before + comments
  const text = sample.subarray(startOfLine(sample, skip))
  const first = readFrom(text, declared, { known, complete })
  if (isLookedFor) refuseRecordKinds(text, first.dialect, { complete, name })
  const above = isLookedFor ? linesAbove({ text, complete, name, skip, known }, first.division, first.dialect) : 0
  const table = text.subarray(startOfLine(text, above))
  if (above === 0 && known === undefined) refuseOneColumn(text, first.dialect, { complete, name })
  const found = above === 0 ? first : readFrom(table, declared, { known, complete })
  if (known === undefined) refuseLongDelimiter(table, found.dialect, { complete, name })
  const unnamed = declared.columns === undefined ? findUnnamed(table, found.dialect, complete) : undefined
  const rows = firstRows({ text: table, complete }, found.dialect)
  const labels = declared.columns === undefined ? countLabels(rows) : 0
  const usual = usualMarks(declared.columns === undefined ? rows.slice(1) : rows)
  const notes = [
    ...(above + comments === 0 ? [] : [headerBelow('line', skip + above)]),
    ...(unnamed === undefined ? [] : [UNNAMED[unnamed]]),
  ]
  const watchJoins = declared.quote === undefined
  return {
    ...found,
    skip: skip + above,
    watchJoins,
    unnamed,
    labels,
    comments: { declared: declared.comment, usual },
    told: toldOf(found, declared, known),
    notes,
  }
}

/** How many comments stand above a header; 0 where what follows them is none, as where the header is a comment itself. */
function commentsAbove(
  text: Buffer,
  declared: Declared,
  { known, complete }: { known: string | undefined; complete: boolean },
): number {
  let count = 0
  while (count < MOST_COMMENTS && isCommentAbove(lineAt(text, startOfLine(text, count)))) count++
  if (count === 0) return 0
  const below = text.subarray(startOfLine(text, count))
  const [header, ...rows] = firstRows({ text: below, complete }, readFrom(below, declared, { known, complete }).dialect)
  return header !== undefined && isHeader(header.cells, recordsOf(rows, header.cells)) ? count : 0
}

const MOST_COMMENTS = 50

function lineAt(text: Buffer, at: number): string {
  return text.toString('utf8', at, Math.min(findLineEnd(text, at, text.length), at + LONGEST_MARK))
}

/** As much of a line as tells whether it is a comment. */
const LONGEST_MARK = 40

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
