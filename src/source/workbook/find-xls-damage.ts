import { CFB } from '@e965/xlsx'

/**
 * What shows that a workbook of Excel 97 to 2003 is damaged: its library reads what is left of one, and loses rows without a
 * word. Undefined where all is in its place, or the file is of another kind. Such files have no checksums: letters and digits
 * that changed do not show.
 */
export function findXlsDamage(file: Buffer): string | undefined {
  if (file.length < HEAD || file.readUInt32BE(0) !== CONTAINER) return undefined
  const found = CFB.find(CFB.read(file, { type: 'buffer' }), '/Workbook') as Entry | null
  if (found === null) return undefined
  const stream = Buffer.from(found.content ?? [])
  if (stream.length < found.size) return `its data breaks off: ${stream.length} of ${found.size} bytes are there`
  const book = readBook(stream)
  if (book === undefined || typeof book === 'string') return book
  return book.sheets.map((at) => readSheet(stream, at, book.texts)).find((damage) => damage !== undefined)
}

interface Entry {
  readonly size: number
  readonly content?: Uint8Array
}

const CONTAINER = 0xd0cf11e0

interface Book {
  /** Where the sheets begin. */
  readonly sheets: readonly number[]
  /** How many texts the workbook has, which cells name by their places. */
  readonly texts: number
}

/** What the workbook's first part says; undefined where it has a password, or is of an older Excel. */
function readBook(stream: Buffer): Book | string | undefined {
  const sheets: number[] = []
  let texts = 0
  for (const record of recordsFrom(stream, 0)) {
    if (typeof record === 'string') return record
    const { type, at, length } = record
    if (type === FILE_PASS || (type === BEGIN && at === HEAD && length >= 2 && stream.readUInt16LE(at) !== BIFF8))
      return undefined
    // The kind of a sheet: 0 has cells, others are charts and macros.
    if (type === SHEET && length > 5 && stream[at + 5] === 0) sheets.push(stream.readUInt32LE(at))
    if (type === TEXTS && length >= 8) texts = stream.readUInt32LE(at + 4)
  }
  return sheets.length === 0 ? 'it names no sheets' : { sheets, texts }
}

function readSheet(stream: Buffer, start: number, texts: number): string | undefined {
  if (start + HEAD > stream.length || stream.readUInt16LE(start) !== BEGIN)
    return 'a sheet does not stand where it should'
  for (const record of recordsFrom(stream, start)) {
    if (typeof record === 'string') return record
    const { type, at, length } = record
    if (type === TEXT_CELL && (length < 10 || stream.readUInt32LE(at + 6) >= texts))
      return 'a cell names a text that is not there'
  }
  return undefined
}

interface BiffRecord {
  readonly type: number
  /** Where its content begins. */
  readonly at: number
  readonly length: number
}

/** The records of a part, those of charts within it left out, to its end; a sentence where it has none. */
function* recordsFrom(stream: Buffer, start: number): Generator<BiffRecord | string, void, undefined> {
  let [at, depth] = [start, 0]
  while (at + HEAD <= stream.length) {
    const [type, length] = [stream.readUInt16LE(at), stream.readUInt16LE(at + 2)]
    at += HEAD
    if (type === 0) break
    if (type === BEGIN) depth++
    if (at + length > stream.length) break
    if (depth <= 1) yield { type, at, length }
    if (type === END && --depth <= 0) return
    at += length
  }
  yield 'a part of it has no end'
}

const HEAD = 4
const BIFF8 = 0x0600
const BEGIN = 0x0809
const END = 0x000a
const FILE_PASS = 0x002f
const SHEET = 0x0085
const TEXTS = 0x00fc
const TEXT_CELL = 0x00fd
