import type { Pieces } from '../pieces.ts'

/** The encoding that neither Node nor the Encoding Standard knows; `le`: the lowest byte first. */
export type Utf32 = 'utf-32le' | 'utf-32be'

/** UTF-32 by its byte order mark, or by the three zeros around each character of ASCII; undefined of all else. */
export function looksLikeUtf32(head: Buffer): Utf32 | undefined {
  if (head.length < 4) return undefined
  if (head.readUInt32LE(0) === MARK) return 'utf-32le'
  if (head.readUInt32BE(0) === MARK) return 'utf-32be'
  const units = Math.min(Math.floor(head.length / 4), LOOKED_AT)
  let [little, big] = [0, 0]
  for (let unit = 0; unit < units; unit++) {
    if (isPlain(head.readUInt32LE(unit * 4))) little++
    if (isPlain(head.readUInt32BE(unit * 4))) big++
  }
  // Letters of other scripts are among them, and headers and numbers of ASCII.
  if (little * 2 > units) return 'utf-32le'
  return big * 2 > units ? 'utf-32be' : undefined
}

/** Gives a text's bytes in UTF-8, without a byte order mark; what is no character comes out as a byte that is no UTF-8. */
export async function* decodeUtf32(pieces: Pieces, encoding: Utf32): Pieces {
  let rest: Buffer = Buffer.alloc(0)
  let isStart = true
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    const end = bytes.length - (bytes.length % 4)
    rest = Buffer.from(bytes.subarray(end))
    if (end === 0) continue
    const start = isStart && unitAt(bytes, 0, encoding) === MARK ? 4 : 0
    isStart = false
    if (end > start) yield encode(bytes, start, end, encoding)
  }
  if (rest.length > 0) yield LOST
}

function encode(bytes: Buffer, start: number, end: number, encoding: Utf32): Buffer {
  const parts: Buffer[] = []
  let text = ''
  for (let at = start; at < end; at += 4) {
    const unit = unitAt(bytes, at, encoding)
    if (unit <= 0x10ffff && (unit < 0xd800 || unit > 0xdfff)) text += String.fromCodePoint(unit)
    else {
      parts.push(Buffer.from(text), LOST)
      text = ''
    }
  }
  return Buffer.concat([...parts, Buffer.from(text)])
}

function unitAt(bytes: Buffer, at: number, encoding: Utf32): number {
  return encoding === 'utf-32le' ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
}

function isPlain(unit: number): boolean {
  return (unit >= 0x20 && unit < 0x7f) || unit === 9 || unit === 10 || unit === 13
}

const MARK = 0xfeff
const LOOKED_AT = 1024
const LOST = Buffer.from([0xff])
