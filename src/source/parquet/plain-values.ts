import { isAscii, isUtf8 } from 'node:buffer'
import { BrokenValue } from './broken-value.ts'

/** Puts the next values of a page into a list, from one place to before another. */
export type Fill = (values: unknown[], from: number, to: number) => void

interface PlainPage {
  /** Where the values begin. */
  readonly start: number
  readonly type: string | undefined
  /** Of arrays that are all as long. */
  readonly length?: number | undefined
  /** Arrays of bytes are UTF-8. */
  readonly isText: boolean
}

/** Reads values of a physical type that are written plainly; undefined of a type that is not known. */
export function plainValues(bytes: Buffer, { start, type, length = 0, isText }: PlainPage): Fill | undefined {
  switch (type) {
    case 'BYTE_ARRAY':
      return arrays(
        bytes,
        start,
        !isText ? bytesReader(bytes) : isAscii(bytes) ? asciiReader(bytes) : textReader(bytes),
      )
    case 'FIXED_LEN_BYTE_ARRAY':
      return sized(bytes, start, length, (at) => bytes.subarray(at, at + length))
    case 'INT32':
      return sized(bytes, start, 4, (at) => bytes.readInt32LE(at))
    case 'INT64':
      return sized(bytes, start, 8, (at) => bytes.readBigInt64LE(at))
    case 'INT96':
      return sized(bytes, start, 12, (at) => (bytes.readBigInt64LE(at + 4) << 64n) + bytes.readBigUInt64LE(at))
    case 'FLOAT':
      return sized(bytes, start, 4, (at) => bytes.readFloatLE(at))
    case 'DOUBLE':
      return sized(bytes, start, 8, (at) => bytes.readDoubleLE(at))
    default:
      return undefined
  }
}

/** Values of one size. */
function sized(bytes: Buffer, start: number, size: number, read: (at: number) => unknown): Fill {
  let next = start
  return (values, from, to) => {
    if (next + size * (to - from) > bytes.length) throw endsEarly()
    for (let at = from; at < to; at++, next += size) values[at] = read(next)
  }
}

/** Values that each begin with their length, in four bytes. */
function arrays(bytes: Buffer, start: number, read: (from: number, to: number) => unknown): Fill {
  let next = start
  return (values, from, to) => {
    for (let at = from; at < to; at++) {
      if (next + 4 > bytes.length) throw endsEarly()
      const begin = next + 4
      next = begin + bytes.readUInt32LE(next)
      if (next > bytes.length) throw endsEarly()
      values[at] = read(begin, next)
    }
  }
}

function endsEarly(): Error {
  return new Error('a page ends within a value')
}

function bytesReader(bytes: Buffer): (from: number, to: number) => unknown {
  return (from, to) => bytes.subarray(from, to)
}

/**
 * Values are parts of a longer text, which is made at once: to make each of its bytes takes several times as long. (Their
 * lengths are ASCII as well, below 128.)
 */
function asciiReader(bytes: Buffer): (from: number, to: number) => unknown {
  let text = ''
  let start = 0
  let end = 0
  return (from, to) => {
    if (to > end) {
      start = from
      end = Math.min(bytes.length, Math.max(to, from + TEXT_BYTES))
      text = bytes.toString('latin1', start, end)
    }
    return text.slice(from - start, to - start)
  }
}

/** A part keeps the whole text in memory, so that is to be short. */
const TEXT_BYTES = 16 * 1024

/** Bytes that are no UTF-8 come out as U+FFFD, which may also stand there itself. */
function textReader(bytes: Buffer): (from: number, to: number) => unknown {
  return (from, to) => {
    const text = bytes.toString('utf8', from, to)
    return text.includes('\uFFFD') && !isUtf8(bytes.subarray(from, to))
      ? new BrokenValue('bytes that are not UTF-8')
      : text
  }
}
