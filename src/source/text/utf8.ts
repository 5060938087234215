import { isUtf8 } from 'node:buffer'

/**
 * What is wrong with bytes that are not UTF-8, in words, with what to do; undefined where they are. `encoding`: what
 * they were decoded from. A U+FFFD that is written as such is a character like any other.
 */
export function lostCharacter(bytes: Buffer, encoding: string): string | undefined {
  const bad = findBadByte(bytes)
  if (bad === undefined) return undefined
  if (encoding !== 'utf-8') {
    return `character ${bad.character} cannot be read as ${encoding}. Mend it in the file, or declare the file's true encoding in the plan (\`rows: { encoding: … }\`).`
  }
  return `byte 0x${bad.byte} at character ${bad.character} is not UTF-8. Save the file as UTF-8 and import it again, or declare its encoding in the plan, as in \`rows: { encoding: windows-1252 }\`.`
}

/** Where bytes stop being UTF-8: the byte, as two hexadecimal digits, and the character, from 1. */
function findBadByte(bytes: Buffer): { byte: string; character: number } | undefined {
  if (isUtf8(bytes)) return undefined
  const text = bytes.toString('utf8')
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', at + 1)) {
    // Up to the first bad byte the decoded text is faithful, so its length in bytes is the offset.
    const offset = Buffer.byteLength(text.slice(0, at))
    if (!bytes.subarray(offset, offset + 3).equals(REPLACEMENT)) {
      const byte = bytes.toString('hex', offset, offset + 1).toUpperCase()
      return { byte, character: text.slice(0, at).replaceAll(/[\uD800-\uDBFF](?=[\uDC00-\uDFFF])/g, '').length + 1 }
    }
  }
  return undefined
}

const REPLACEMENT = Buffer.from('\uFFFD')
