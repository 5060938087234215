import type { CsvDialect } from './csv-dialect.ts'
import { cellText } from './csv-record.ts'
import type { CsvRecord } from './csv-record.ts'
import { readSample } from './read-sample.ts'

const SAMPLE_RECORDS = 1_000

/**
 * Which column has no name where every row has a cell more than the header: the last, if it is always empty (each row ends
 * with a delimiter), or the first, if it numbers the rows in quotes, as R's write.table does. Undefined where neither is so.
 */
export function findUnnamed(sample: Buffer, dialect: CsvDialect, complete: boolean): 'first' | 'last' | undefined {
  const [header, ...records] = readSample(sample, dialect, { complete, most: SAMPLE_RECORDS })
  const width = header?.cells.length ?? 0
  if (records.length === 0 || records.some(({ cells }) => cells.length !== width + 1)) return undefined
  const textAt = ({ cells }: CsvRecord, at: number) => {
    const cell = cells.at(at)
    return cell === undefined ? '' : cellText(sample, cell, dialect)
  }
  if (records.length > 1 && records.every((record) => textAt(record, -1).trim() === '')) return 'last'
  const isQuoted = header?.cells.every((cell) => cell.quoted) === true
  const areNumbers = records.every((record) => record.cells[0]?.quoted === true && /^\d+$/.test(textAt(record, 0)))
  return isQuoted && areNumbers ? 'first' : undefined
}

/** The same, for people. */
export const UNNAMED = {
  first:
    'Each row has a cell more than the header, and it is the first, with a number in it: it was read as a column without a name.',
  last: 'Each row has a cell more than the header, and it is the last and empty: it was read as a column without a name.',
} as const
