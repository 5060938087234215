import { UsageError } from '../../model.ts'
import { ROWS_LOOKED_AT, findHeader, isHeader } from '../table/find-header.ts'
import type { FirstRow } from '../table/find-header.ts'
import { furnitureOf } from '../table/furniture.ts'
import type { CsvDialect } from './csv-dialect.ts'
import { cellText } from './csv-record.ts'
import { DELIMITERS } from './find-delimiter.ts'
import type { Division } from './find-delimiter.ts'
import { readSample } from './read-sample.ts'

interface Sample {
  readonly text: Buffer
  /** The text is all there is. */
  readonly complete: boolean
  /** What messages call the file, and how many of its lines stand before the text. */
  readonly name: string
  readonly skip: number
  /** The delimiter, where the plan or the file itself says it. */
  readonly known: string | undefined
}

/** The share of records from which on a width counts as the file's. */
const MOSTLY = 0.8
/** A first line that divides fewer records than this as it is divided itself is likely no header. */
const FEW = 0.5

/**
 * How many lines stand above the table that a text holds: a title, what a report says of itself, or a row of groups. 0 where
 * its first line may be the header. Throws UsageError where it is plainly none, and the header cannot be told.
 */
export function linesAbove(sample: Sample, first: Division | undefined, dialect: CsvDialect): number {
  const rows = firstRows(sample, first?.dialect ?? dialect)
  const at = first === undefined ? 0 : findHeader(rows)
  if (at > 0) return (rows[at]?.line ?? 1) - 1
  if (first !== undefined && first.alike >= FEW) return 0
  const table = findWidest(sample, dialect)
  if (table === undefined) return 0
  const { line, width, isSure } = table
  if (isSure) return line - 1
  if (first !== undefined) return 0
  const { name, skip } = sample
  throw new UsageError(
    `The first line of ${name}${skip === 0 ? '' : ` behind the ${skip} skipped`} is no header: it has 1 cell, and the records from line ${line + skip} on have ${width}. ` +
      `If the header is on line ${line + skip}, say how many lines stand before it in the plan: \`rows: { skip: ${line + skip - 1} }\`.`,
  )
}

interface Table {
  readonly line: number
  readonly width: number
  /** Whether its first record names columns. */
  readonly isSure: boolean
}

/**
 * Where records of one width begin that make up (nearly) all of the rest, by the delimiter that makes most of them: decimal
 * commas divide each record of an SAP list in two, and its bars in columns.
 */
function findWidest(sample: Sample, dialect: CsvDialect): Table | undefined {
  const [widest] = (sample.known === undefined ? DELIMITERS.flat() : [sample.known])
    .flatMap((delimiter) => findTable(sample, { ...dialect, delimiter }) ?? [])
    .toSorted((a, b) => Number(b.isSure) - Number(a.isSure) || b.width - a.width)
  return widest
}

function findTable(sample: Sample, dialect: CsvDialect): Table | undefined {
  const rows = firstRows(sample, dialect)
  const start = rows.findIndex((row, at) => row.cells.length > 1 && row.cells.length === rows[at + 1]?.cells.length)
  const table = rows.slice(start)
  const [header] = table
  if (start < 0 || header === undefined) return undefined
  const width = header.cells.length
  const records = table.filter(({ cells }) => cells.length === width || furnitureOf(cells, width) === undefined)
  const alike = table.filter(({ cells }) => cells.length === width).length
  // Two cells may come of a comma in a text. Of more, a few records may have others: files are like that.
  if (alike < (width === 2 ? records.length : records.length * MOSTLY)) return undefined
  const isSure = width > 2 && isHeader(header.cells, table.slice(1))
  // Where nothing but dashes or blank lines stands above it, it may as well be no table.
  const isBelow = start > 0 || (isSure && header.line > 1)
  return isBelow ? { line: header.line, width, isSure } : undefined
}

/** The first rows that hold something. */
export function firstRows({ text, complete }: Pick<Sample, 'text' | 'complete'>, dialect: CsvDialect): FirstRow[] {
  return readSample(text, dialect, { complete, most: ROWS_LOOKED_AT }).flatMap(({ cells }) => {
    const texts = cells.map((cell) => cellText(text, cell, dialect))
    const what = furnitureOf(texts, texts.length)
    return what === 'blank' || what === 'rule' ? [] : [{ cells: texts, line: cells[0]?.line ?? 1 }]
  })
}
