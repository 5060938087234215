import { type PassedOver, type SourceRow, UsageError } from '../model.ts'
import type { CsvRest } from './csv/csv-rest.ts'
import type { Progress } from './open-bytes.ts'
import type { Pieces } from './pieces.ts'
import type { Places } from './place.ts'
import type { SourceFormat } from './source-format.ts'

/** The rows of an opened file, as its reader gives them. */
export interface Rows {
  readonly format: SourceFormat
  /** The header's names; undefined for JSON. */
  readonly columns: readonly string[] | undefined
  /** What was found out, as a list for people: `gzip`, `windows-1252`, `delimiter ;`. */
  readonly told: readonly string[]
  /** What else is to be said of it, a sentence each. */
  readonly notes?: readonly string[] | undefined
  readonly unread?: readonly Unread[] | undefined
  /** Any number of rows at a time, possibly none. */
  read(): AsyncIterable<readonly SourceRow[]>
  passedOver(): readonly PassedOver[]
  /** Absent where it cannot begin but at its first row. */
  readonly places?: Pick<Places, 'here' | 'beginAt'>
  /** As a source has it; absent of what is no CSV. */
  handOver?(): HandedOver | undefined
  progress(): Progress
}

/** What may hold members too and is not read: what it is, as in `other sheets`, and a sentence on it. */
export interface Unread {
  readonly what: string
  readonly message: string
}

/** Rows of a CSV file that was opened, and what others need to read those behind them. */
export interface HandedOver {
  /** The rows that came with the header. */
  readonly first: readonly SourceRow[]
  readonly rest: CsvRest
  /** The bytes of the rest, from its place on: without those that wait. */
  readonly pieces: Pieces
}

export function emptyError(name: string): UsageError {
  return new UsageError(`${name} is empty; a header and rows (CSV), or JSON objects, were expected.`)
}
