import type { Place } from '../place.ts'
import type { CsvOptions } from './csv-options.ts'

/** What others need to read the rest of a CSV file, from a place between two rows on: data, but for its bytes. */
export interface CsvRest {
  readonly name: string
  /** How its rows are read. */
  readonly options: CsvOptions
  /** Where the rest begins. */
  readonly place: Place
  /** Its bytes that were read already. */
  readonly waiting: Buffer
}
