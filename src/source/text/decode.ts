import { TextDecoder } from '@exodus/bytes/encoding.js'
import type { Pieces } from '../pieces.ts'
import { decodeUtf32 } from './utf-32.ts'

/**
 * Gives a text's bytes in UTF-8, without a byte order mark. Bytes that are no text in the encoding come out as bytes
 * that are no UTF-8 (one 0xFF each), so that they stay distinct from all that is text; where UTF-8 is the encoding,
 * they pass as they are.
 */
export async function* decode(pieces: Pieces, encoding: string): Pieces {
  if (encoding === 'utf-8') return yield* withoutMark(pieces)
  if (encoding === 'utf-32le' || encoding === 'utf-32be') return yield* decodeUtf32(pieces, encoding)
  const decoder = new TextDecoder(encoding)
  const oneByte = ONE_BYTE.test(encoding)
  for await (const piece of pieces) {
    const text = decoder.decode(piece, { stream: true })
    if (text !== '') yield encode(text, oneByte)
  }
  const rest = decoder.decode()
  if (rest !== '') yield encode(rest, oneByte)
}

async function* withoutMark(pieces: Pieces): Pieces {
  let start: Buffer | undefined = Buffer.alloc(0)
  for await (const piece of pieces) {
    if (start === undefined) {
      yield piece
      continue
    }
    start = Buffer.concat([start, piece])
    if (start.length < MARK.length) continue
    yield start.subarray(0, MARK.length).equals(MARK) ? start.subarray(MARK.length) : start
    start = undefined
  }
  if (start !== undefined && start.length > 0) yield start
}

function encode(text: string, oneByte: boolean): Buffer {
  // The standard gives bytes without a character in a code page as control characters, which no text of people holds.
  // eslint-disable-next-line no-control-regex
  const marked = oneByte ? text.replaceAll(/[\u0080-\u009F]/g, REPLACEMENT) : text
  if (!marked.includes(REPLACEMENT)) return Buffer.from(marked)
  return Buffer.concat(
    marked.split(REPLACEMENT).flatMap((part, index) => [...(index === 0 ? [] : [LOST]), Buffer.from(part)]),
  )
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf])
const REPLACEMENT = '\uFFFD'
const LOST = Buffer.from([0xff])
const ONE_BYTE = /^(?:windows-|iso-8859-|koi8-|ibm866|macintosh|x-mac-)/
