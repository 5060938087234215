import type { CsvDialect } from './csv-dialect.ts'
import { readSample } from './read-sample.ts'

const MOST_RECORDS = 2_000

/**
 * Whether a sample's escape has its meaning within quotes alone, as PostgreSQL's COPY and Spark have it: where a cell without
 * quotes holds one before something that nobody escapes there, as in `C:\members`. Python escapes it in either.
 */
export function escapesInQuotesOnly(
  sample: Buffer,
  { delimiter, quote, escape }: CsvDialect,
  complete: boolean,
): boolean {
  if (quote === undefined || escape === undefined || escape === quote) return false
  const dialect = { delimiter, quote, escape, escapesInQuotesOnly: true }
  return readSample(sample, dialect, { complete, most: MOST_RECORDS }).some(({ cells }) =>
    cells.some(({ quoted, start, end }) => {
      if (quoted || !sample.subarray(start, end).includes(escape)) return false
      const text = sample.toString('utf8', start, end)
      return (
        text !== `${escape}N` &&
        text
          .replaceAll(escape + escape, '')
          .replaceAll(escape + quote, '')
          .search(/\\./) >= 0
      )
    }),
  )
}
