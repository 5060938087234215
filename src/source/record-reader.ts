import type { PassedOver, SourceRow } from '../model.ts'
import type { CsvRest } from './csv/csv-rest.ts'
import type { Place } from './place.ts'

/**
 * The record stage: takes UTF-8 bytes in the file's order (the decode stage gives them, without a byte order mark)
 * and gives the rows that they complete. How the bytes were cut makes no difference to the rows.
 */
export interface RecordReader {
  /** The header's names; undefined before the header was read, and always for JSONL. */
  readonly columns: readonly string[] | undefined
  /** What was passed over so far since it is no record. */
  readonly passedOver: readonly PassedOver[]
  /** The rows that these bytes complete, possibly none. */
  read(bytes: Buffer): SourceRow[]
  /** The rows that were waiting for more. Nothing is read after it. */
  end(): SourceRow[]
  /** Where the rows end that were given so far; undefined where reading cannot begin there, or never (absent). */
  place?(): Place | undefined
  /** Goes on at that place. Gives how many of the bytes that come next stand in front of it; undefined: it is behind it already. */
  goTo?(place: Place): number | undefined
  /** What others need to read on behind the rows that were given so far; undefined where they cannot, or never (absent). */
  handOver?(): CsvRest | undefined
}

/** A record that is longer is a problem row: what waits for its end is held in memory. */
export const MAX_RECORD_BYTES = 4 * 1024 * 1024

/** How much of an overlong record its row keeps in `raw`. */
export const OVERLONG_RAW_BYTES = 1024

export function overlongProblem(line: number, maxRecordBytes: number): string {
  return (
    `line ${line}: the record is longer than ${maxRecordBytes} bytes and was passed over up to the end of its line; ` +
    'a record of ordinary size was expected. Check that the file has line ends and that no quote was left open.'
  )
}
