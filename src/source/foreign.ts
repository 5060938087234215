import { UsageError } from '../model.ts'

/** Something that holds no rows that we read: what it is, and what to do instead. */
export interface Foreign {
  readonly what: string
  readonly remedy: string
}

export function foreignError(name: string, { what, remedy }: Foreign): UsageError {
  return new UsageError(
    `${name} is ${what}; CSV, JSON, a workbook (.xlsx, .xls, .ods), Parquet or Avro was expected. ${remedy}`,
  )
}

export const SAVE_SHEET = 'Open it in a spreadsheet program, and save the sheet as .xlsx or as "CSV UTF-8".'
export const EXPORT = 'Export the members as CSV, JSON or Parquet.'
