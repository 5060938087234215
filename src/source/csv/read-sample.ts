import type { CsvDialect } from './csv-dialect.ts'
import { readCsvRecord } from './csv-record.ts'
import type { CsvRecord } from './csv-record.ts'

/** The first records of a sample (UTF-8; `complete`: it is all there is) that hold anything, `most` of them at most. */
export function readSample(
  sample: Buffer,
  dialect: CsvDialect,
  { complete, most, doubtWidth }: SampleOptions,
): CsvRecord[] {
  const records: CsvRecord[] = []
  let [at, line] = [0, 1]
  while (at < sample.length && records.length < most) {
    const reading = readCsvRecord(sample, {
      dialect,
      start: at,
      line,
      final: complete,
      maxRecordBytes: sample.length + 1,
      doubtWidth,
    })
    if (reading.kind !== 'record') break
    if (reading.cells.length > 1 || sample.toString('utf8', at, reading.end).trim() !== '') records.push(reading)
    at = reading.next
    line = reading.nextLine
  }
  return records
}

export interface SampleOptions {
  readonly complete: boolean
  readonly most: number
  /** See `readCsvRecord`. */
  readonly doubtWidth?: number
}
