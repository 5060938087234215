import { UsageError } from '../model.ts'

/** Something that holds no rows that we read: what it is, and what to do instead. */
export interface Foreign {
  readonly what: string
  readonly remedy: string
  /** What to do instead where a web server gave it. */
  readonly fetched?: string
}

export function foreignError(name: string, { what, remedy, fetched = remedy }: Foreign): UsageError {
  const words = /^https?:\/\//.test(name) ? fetched : remedy
  return new UsageError(
    `${name} is ${what}; CSV, JSON, a workbook (.xlsx, .xls, .ods), Parquet or Avro was expected. ${words}`,
  )
}

export const SAVE_SHEET = 'Open it in a spreadsheet program, and save the sheet as .xlsx or as "CSV UTF-8".'
export const EXPORT = 'Export the members as CSV, JSON or Parquet.'
/** What `gpg --sign` makes, and `gpg --clearsign`. */
export const SIGNED: Foreign = {
  what: 'an OpenPGP file that is signed and not encrypted',
  remedy:
    'Take the file out, which checks the signature too: gpg --output members.csv --decrypt <the file>. ' +
    'Or have it encrypted as well, for the key of ROLLCALL_PGP_KEY: gpg --encrypt --sign --recipient <the key>.',
}
