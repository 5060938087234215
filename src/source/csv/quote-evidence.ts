import type { CsvDialect } from './csv-dialect.ts'
import { furnitureOf } from '../table/furniture.ts'
import { cellText } from './csv-record.ts'
import type { CsvRecord } from './csv-record.ts'
import { readSample } from './read-sample.ts'

/** What a sample shows of a dialect's quotes. */
export interface QuoteEvidence {
  readonly records: number
  /** Records that are sound, as wide as most, and no two in one. */
  readonly alike: number
  /** Records with a quote out of its place, or with one value over what could be two records. */
  readonly faults: number
  /** Cells that open and close with the quote. */
  readonly quoted: number
  /** They do so for a reason: the header is quoted, or whole columns are, or what is quoted holds a delimiter or a quote. */
  readonly isShown: boolean
  /** A quote in a quoted cell is doubled somewhere. */
  readonly doubles: boolean
}

const MOST_RECORDS = 2_000

/** Reads a sample (UTF-8; `complete`: it is all there is) in a dialect, and counts what its quotes do there. */
export function quoteEvidence(sample: Buffer, dialect: CsvDialect, complete: boolean): QuoteEvidence {
  const width = mostWidth(readSample(sample, dialect, { complete, most: MOST_RECORDS }))
  const records = readSample(sample, dialect, { complete, most: MOST_RECORDS, doubtWidth: width }).filter(
    (record) => record.cells.length === width || !isFurniture(sample, record, dialect, width),
  )
  const [header] = records
  const alike = records.filter(({ cells, fault }) => fault === undefined && cells.length === width)
  const quoted = alike.flatMap(({ cells }) => cells.filter((cell) => cell.quoted))
  const holds = (mark: string) => quoted.some(({ start, end }) => sample.subarray(start, end).includes(mark))
  const { quote, escape } = dialect
  const doubles = quote !== undefined && escape === quote && holds(quote)
  const escapes = quote !== undefined && escape !== undefined && escape !== quote && holds(escape + quote)
  return {
    records: records.length,
    alike: alike.length,
    faults: records.filter(({ fault }) => fault !== undefined).length,
    quoted: quoted.length,
    isShown:
      doubles ||
      escapes ||
      holds(dialect.delimiter) ||
      header?.cells.some((cell) => cell.quoted) === true ||
      hasQuotedColumn(
        alike.filter((record) => record !== header),
        width,
      ),
    doubles,
  }
}

/** A count of rows, or what else stands in a file and is no record, says nothing of its quotes. */
function isFurniture(sample: Buffer, { cells }: CsvRecord, dialect: CsvDialect, width: number): boolean {
  return (
    furnitureOf(
      cells.map((cell) => cellText(sample, cell, dialect)),
      width,
    ) !== undefined
  )
}

/** As many cells as most records have. */
function mostWidth(records: readonly CsvRecord[]): number {
  const widths = Map.groupBy(records, ({ cells }) => cells.length)
  const [most] = [...widths].toSorted(([, a], [, b]) => b.length - a.length)
  return most?.[0] ?? 0
}

/** True where all that stands in one of the columns is quoted, twice at least. */
function hasQuotedColumn(records: readonly CsvRecord[], width: number): boolean {
  return Array.from({ length: width }).some((_, column) => {
    const filled = records.flatMap(({ cells }) => cells[column] ?? []).filter(({ start, end }) => end > start)
    return filled.length > 1 && filled.every((cell) => cell.quoted)
  })
}
