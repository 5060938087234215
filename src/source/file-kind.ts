/** What a file's first bytes say that it is. */
export type FileKind =
  | { readonly kind: 'plain' }
  | { readonly kind: 'compressed'; readonly with: Compression }
  | { readonly kind: 'zip' | 'parquet' }
  /** Something that holds no rows that we read. */
  | { readonly kind: 'foreign'; readonly what: string; readonly remedy: string }

export type Compression = 'gzip' | 'zstd' | 'bzip2'

/** Enough first bytes to know a file's kind. */
export const KIND_BYTES = 8

/** Tells by content, whatever the file is called. */
export function kindOfFile(head: Buffer): FileKind {
  for (const { start, ...kind } of KINDS) {
    if (head.subarray(0, start.length).equals(start)) return kind
  }
  // The block size from 1 to 9, and the first block's mark, or the end's.
  if (/^BZh[1-9]/.test(head.toString('latin1')) && BZIP2_MARKS.has(head.toString('hex', 4, KIND_BYTES))) {
    return { kind: 'compressed', with: 'bzip2' }
  }
  return { kind: 'plain' }
}

const BZIP2_MARKS: ReadonlySet<string> = new Set(['31415926', '17724538'])
const SAVE_SHEET = 'Save the sheet as .xlsx, or as "CSV UTF-8".'
const UNPACK = 'Unpack it first.'

const KINDS: readonly (FileKind & { readonly start: Buffer })[] = [
  { start: Buffer.from([0x1f, 0x8b]), kind: 'compressed', with: 'gzip' },
  { start: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), kind: 'compressed', with: 'zstd' },
  { start: Buffer.from('PK\x03\x04'), kind: 'zip' },
  { start: Buffer.from('PK\x05\x06'), kind: 'zip' },
  {
    start: Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
    kind: 'foreign',
    what: 'a spreadsheet of an old Excel, or one with a password',
    remedy: SAVE_SHEET,
  },
  { start: Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a]), kind: 'foreign', what: 'compressed (xz)', remedy: UNPACK },
  { start: Buffer.from([0x37, 0x7a, 0xbc, 0xaf]), kind: 'foreign', what: 'a 7-Zip archive', remedy: UNPACK },
  { start: Buffer.from('Rar!'), kind: 'foreign', what: 'a RAR archive', remedy: UNPACK },
  { start: Buffer.from('%PDF'), kind: 'foreign', what: 'a PDF document', remedy: 'Export the members as CSV.' },
  { start: Buffer.from('PAR1'), kind: 'parquet' },
  {
    start: Buffer.from([0xff, 0xfe, 0, 0]),
    kind: 'foreign',
    what: 'UTF-32 text',
    remedy: 'Save it as UTF-8.',
  },
]
