import { EXPORT, SAVE_SHEET, SIGNED } from './foreign.ts'
import type { Foreign } from './foreign.ts'

/** What a file's first bytes say that it is. */
export type FileKind =
  | { readonly kind: 'plain' }
  | { readonly kind: 'compressed'; readonly with: Compression }
  | { readonly kind: 'zip' | 'tar' | 'parquet' | 'avro' | 'xls' }
  /** Something that holds no rows that we read. */
  | (Foreign & { readonly kind: 'foreign' })

export type Compression = 'gzip' | 'zstd' | 'bzip2'

/** Enough first bytes to know a file's kind. */
export const KIND_BYTES = 512

/** Tells by content, whatever the file is called. */
export function kindOfFile(head: Buffer): FileKind {
  const found = KINDS.find(({ start, at = 0 }) => head.subarray(at, at + start.length).equals(start))
  if (found !== undefined) return found.kind
  // The block size from 1 to 9, and the first block's mark, or the end's.
  if (/^BZh[1-9]/.test(head.toString('latin1', 0, 4)) && BZIP2_MARKS.has(head.toString('hex', 4, 8))) {
    return { kind: 'compressed', with: 'bzip2' }
  }
  if (isOldStata(head)) return foreign('a Stata file (.dta)', FROM_STATA)
  if (isSigned(head)) return { kind: 'foreign', ...SIGNED }
  return isDbase(head) ? foreign('a dBASE file (.dbf)', SAVE_SHEET) : { kind: 'plain' }
}

const BZIP2_MARKS: ReadonlySet<string> = new Set(['31415926', '17724538'])

/**
 * A message of OpenPGP that begins with no session key: a compressed packet (tag 8, with one of its three algorithms), or the
 * head of a signature that stands before what it signs (tag 4, version 3 or 6). RFC 9580, 5.4 and 5.6.
 */
function isSigned([first = 0, second = 0, third = 0]: Buffer): boolean {
  if (first === 0xa3) return second >= 1 && second <= 3
  return (first === 0x90 || first === 0xc4) && second >= 13 && second < 192 && (third === 3 || third === 6)
}

/** A version before that of 2013, its byte order, and that it holds a data set; behind these a byte of no meaning. */
function isOldStata([version = 0, order = 0, type = 0, unused = 1]: Buffer): boolean {
  return version >= 0x69 && version <= 0x73 && (order === 1 || order === 2) && type === 1 && unused === 0
}

/** Its version, the day of its last change, and how long its header and its records are. */
function isDbase(head: Buffer): boolean {
  if (head.length < 32 || !DBASE.has(head[0] ?? 0)) return false
  const [month = 0, day = 0] = [head[2], head[3]]
  const headerLength = head.readUInt16LE(8)
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && headerLength >= 65 && head.readUInt16LE(10) > 1
}

const DBASE: ReadonlySet<number> = new Set([0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x83, 0x8b, 0xcb, 0xf5])

function foreign(what: string, remedy: string): FileKind {
  return { kind: 'foreign', what, remedy }
}

const UNPACK = 'Unpack it first.'
const FROM_R = 'Write it in R with write.csv(members, "members.csv", row.names = FALSE).'
const FROM_STATA = 'Write it with: export delimited members.csv.'
const FROM_PYTHON = 'Write it in Python with to_csv("members.csv", index=False) or to_parquet.'

const KINDS: readonly { readonly start: Buffer; readonly at?: number; readonly kind: FileKind }[] = [
  { start: Buffer.from([0x1f, 0x8b]), kind: { kind: 'compressed', with: 'gzip' } },
  { start: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), kind: { kind: 'compressed', with: 'zstd' } },
  { start: Buffer.from('PK\x03\x04'), kind: { kind: 'zip' } },
  { start: Buffer.from('PK\x05\x06'), kind: { kind: 'zip' } },
  { start: Buffer.from('ustar'), at: 257, kind: { kind: 'tar' } },
  { start: Buffer.from('PAR1'), kind: { kind: 'parquet' } },
  { start: Buffer.from('Obj\x01'), kind: { kind: 'avro' } },
  { start: Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), kind: { kind: 'xls' } },
  { start: Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a]), kind: foreign('compressed (xz)', UNPACK) },
  { start: Buffer.from([0x04, 0x22, 0x4d, 0x18]), kind: foreign('compressed (lz4)', UNPACK) },
  { start: Buffer.from([0xff, 0x06, 0, 0, 0x73, 0x4e]), kind: foreign('compressed (Snappy)', UNPACK) },
  { start: Buffer.from([0x1f, 0x9d]), kind: foreign('compressed (compress, .Z)', UNPACK) },
  { start: Buffer.from([0x37, 0x7a, 0xbc, 0xaf]), kind: foreign('a 7-Zip archive', UNPACK) },
  { start: Buffer.from('Rar!\x1A'), kind: foreign('a RAR archive', UNPACK) },
  { start: Buffer.from('%PDF'), kind: foreign('a PDF document', EXPORT) },
  { start: Buffer.from('{\\rtf'), kind: foreign('a document in RTF', SAVE_SHEET) },
  {
    start: Buffer.from('PGCOPY\n\xFF\r\n', 'latin1'),
    kind: foreign(
      'what COPY of PostgreSQL writes in binary',
      "Write CSV: \\copy (select …) to 'members.csv' csv header.",
    ),
  },
  {
    start: Buffer.from('PGDMP'),
    kind: foreign(
      'an archive of pg_dump',
      "Restore it into a database, and export the table: \\copy members to 'members.csv' csv header.",
    ),
  },
  {
    start: Buffer.from('SQLite format 3\0'),
    kind: foreign(
      'an SQLite database',
      'Export the table: sqlite3 -csv -header members.db "select * from members" > members.csv.',
    ),
  },
  {
    start: Buffer.from('\0\x01\0\0Standard '),
    kind: foreign('an Access database', 'Export the table of members from Access: External Data, Text File.'),
  },
  {
    start: Buffer.from('crc\0'),
    kind: foreign('a checksum that Hadoop keeps beside a file', 'Import the file that it is of.'),
  },
  { start: Buffer.from('ORC\x08'), kind: foreign('an ORC file', EXPORT) },
  { start: Buffer.from('ARROW1\0'), kind: foreign('an Arrow or Feather file', FROM_PYTHON) },
  { start: Buffer.from('FEA1\0'), kind: foreign('a Feather file', FROM_PYTHON) },
  { start: Buffer.from([0x80, 0x04, 0x95]), kind: foreign('a pickle of Python', FROM_PYTHON) },
  { start: Buffer.from([0x80, 0x05, 0x95]), kind: foreign('a pickle of Python', FROM_PYTHON) },
  { start: Buffer.from('\x93NUMPY', 'latin1'), kind: foreign('a NumPy array', FROM_PYTHON) },
  { start: Buffer.from([0x89, 0x48, 0x44, 0x46]), kind: foreign('an HDF5 file', FROM_PYTHON) },
  { start: Buffer.from('RDX2\n'), kind: foreign('data of R', FROM_R) },
  { start: Buffer.from('RDX3\n'), kind: foreign('data of R', FROM_R) },
  { start: Buffer.from('X\n\0\0\0'), kind: foreign('data of R', FROM_R) },
  { start: Buffer.from('$FL2@(#)'), kind: foreign('an SPSS file (.sav)', 'Save it as CSV: File, Save As.') },
  {
    start: Buffer.from('<stata_dta>'),
    kind: foreign('a Stata file (.dta)', FROM_STATA),
  },
  {
    start: Buffer.from([0xc2, 0xea, 0x81, 0x60]),
    at: 12,
    kind: foreign('a SAS file (.sas7bdat)', 'Write it with PROC EXPORT … DBMS=CSV.'),
  },
  {
    start: Buffer.from('HEADER RECORD*******LIB'),
    kind: foreign('a SAS file for transport (.xpt)', 'Write it with PROC EXPORT … DBMS=CSV.'),
  },
  { start: Buffer.from('$FL3@(#)'), kind: foreign('an SPSS file (.zsav)', 'Save it as CSV: File, Save As.') },
  {
    start: Buffer.from('DUCK'),
    at: 8,
    kind: foreign('a DuckDB database', "Export the table: COPY members TO 'members.parquet'."),
  },
  { start: Buffer.from([0x89, 0x50, 0x4e, 0x47]), kind: foreign('a picture', EXPORT) },
  { start: Buffer.from([0xff, 0xd8, 0xff]), kind: foreign('a picture', EXPORT) },
  { start: Buffer.from('bplist00'), kind: foreign('a property list of Apple', EXPORT) },
]
