import { isAscii, isUtf8 } from 'node:buffer'
import { BrokenValue } from './broken-value.ts'

/** The values of a page that are written plainly, one after the other. */
export type NextValue = () => unknown

/** Reads values of a physical type from `start` on. `isText`: arrays of bytes are UTF-8. */
export function plainValues(
  bytes: Buffer,
  {
    start,
    type,
    length = 0,
    isText,
  }: { start: number; type: string | undefined; length?: number | undefined; isText: boolean },
): NextValue | undefined {
  let at = start
  const take = (size: number) => {
    const from = at
    at += size
    if (at > bytes.length) throw new Error('a page ends within a value')
    return from
  }
  switch (type) {
    case 'BYTE_ARRAY': {
      // Lengths below 128 are ASCII too.
      const read = !isText
        ? (from: number, to: number) => bytes.subarray(from, to)
        : isAscii(bytes)
          ? asciiReader(bytes)
          : textReader(bytes)
      return () => {
        const size = bytes.readUInt32LE(take(4))
        const from = take(size)
        return read(from, from + size)
      }
    }
    case 'FIXED_LEN_BYTE_ARRAY':
      return () => {
        const from = take(length)
        return bytes.subarray(from, from + length)
      }
    case 'INT32':
      return () => bytes.readInt32LE(take(4))
    case 'INT64':
      return () => bytes.readBigInt64LE(take(8))
    case 'INT96':
      return () => {
        const from = take(12)
        return (bytes.readBigInt64LE(from + 4) << 64n) + bytes.readBigUInt64LE(from)
      }
    case 'FLOAT':
      return () => bytes.readFloatLE(take(4))
    case 'DOUBLE':
      return () => bytes.readDoubleLE(take(8))
    default:
      return undefined
  }
}

function asciiReader(bytes: Buffer): (from: number, to: number) => unknown {
  return (from, to) => bytes.toString('latin1', from, to)
}

/** Bytes that are no UTF-8 come out as U+FFFD, which may also stand there itself. */
function textReader(bytes: Buffer): (from: number, to: number) => unknown {
  return (from, to) => {
    const text = bytes.toString('utf8', from, to)
    return text.includes('\uFFFD') && !isUtf8(bytes.subarray(from, to))
      ? new BrokenValue('bytes that are not UTF-8')
      : text
  }
}
