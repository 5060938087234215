/**
 * How much of what it has unpacked a zstd frame looks back at, in bytes, by the frame's first bytes (RFC 8878, section
 * 3.1.1.1): as much memory as unpacking it can take. Undefined where they are too few.
 */
export function windowOf(head: Buffer): number | undefined {
  const descriptor = head[MAGIC_BYTES]
  if (descriptor === undefined) return undefined
  const isSingleSegment = (descriptor & 0b0010_0000) !== 0
  if (!isSingleSegment) {
    const window = head[MAGIC_BYTES + 1]
    if (window === undefined) return undefined
    const base = 2 ** (10 + (window >>> 3))
    return base + (base / 8) * (window & 0b111)
  }
  // The window is the whole content, whose size stands behind the dictionary's number.
  const at = MAGIC_BYTES + 1 + [0, 1, 2, 4][descriptor & 0b11]!
  const sizeBytes = [1, 2, 4, 8][descriptor >>> 6]!
  if (head.length < at + sizeBytes) return undefined
  if (sizeBytes === 8) return Number(head.readBigUInt64LE(at))
  return head.readUIntLE(at, sizeBytes) + (sizeBytes === 2 ? 256 : 0)
}

/** The longest frame header there is. */
export const ZSTD_HEADER_BYTES = 18

const MAGIC_BYTES = 4
