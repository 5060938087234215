import { isUtf8 } from 'node:buffer'

/**
 * Where bytes stop being UTF-8, in words ("byte 0xE9 at character 5"); undefined where they are UTF-8.
 * A U+FFFD that is written as such is a character like any other.
 */
export function findBadByte(bytes: Buffer): string | undefined {
  if (isUtf8(bytes)) return undefined
  const text = bytes.toString('utf8')
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', at + 1)) {
    // Up to the first bad byte the decoded text is faithful, so its length in bytes is the offset.
    const offset = Buffer.byteLength(text.slice(0, at))
    if (!bytes.subarray(offset, offset + 3).equals(REPLACEMENT)) {
      const byte = bytes.toString('hex', offset, offset + 1).toUpperCase()
      return `byte 0x${byte} at character ${at + 1}`
    }
  }
  return 'a byte that is not UTF-8'
}

const REPLACEMENT = Buffer.from('\uFFFD')
