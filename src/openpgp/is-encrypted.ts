import { open } from 'node:fs/promises'

const HEAD_BYTES = 4_096

/**
 * Whether a file is OpenPGP-encrypted, by its first bytes: `armored` (text) or `binary`; undefined where it is not, or
 * cannot be read.
 */
export async function isEncrypted(path: string): Promise<'armored' | 'binary' | undefined> {
  const file = await open(path, 'r').catch(() => undefined)
  if (file === undefined) return undefined
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return encryptionOf(buffer.subarray(0, bytesRead))
  } catch {
    // A folder, say: whoever opens it tells.
    return undefined
  } finally {
    await file.close()
  }
}

/** The same of a file's first bytes. A message that is signed and not encrypted is neither. */
export function encryptionOf(head: Buffer): 'armored' | 'binary' | undefined {
  const armored = ARMORED.exec(head.toString('latin1'))
  if (armored === null) return beginsWithSessionKey(head) ? 'binary' : undefined
  const message = Buffer.from(armored[1] ?? '', 'base64')
  return message.length < ENOUGH_BYTES || beginsWithSessionKey(message) ? 'armored' : undefined
}

/** The line, its headers up to an empty line, and the first line of the message. */
const ARMORED =
  /^(?:\u00EF\u00BB\u00BF)?\s*-----BEGIN PGP MESSAGE-----(?:[ \t]*\r?\n(?:\S+: .*\r?\n)*[ \t]*\r?\n([\w+/]+))?/
/** The headers of a packet, and its version. */
const ENOUGH_BYTES = 8

/**
 * An encrypted message begins with a packet that holds the session key: for a public key (tag 1) or for a password (tag
 * 3). Its header and version (RFC 9580, 4.2, 5.1 and 5.3) are looked at, since in other encodings text may begin with the
 * same byte.
 */
function beginsWithSessionKey(head: Buffer): boolean {
  const [first = 0] = head
  const isNewFormat = first >= 0xc0
  const tag = isNewFormat ? first & 0x3f : (first >> 2) & 0x0f
  if (first < 0x80 || (tag !== 1 && tag !== 3)) return false
  // No key for a password is that long, and what UTF-8 has behind such a byte would be read as a length of 128 or more.
  if (isNewFormat && tag === 3 && (head[1] ?? 0) >= 0x80) return false
  const version = head[isNewFormat ? newFormatBody(head) : oldFormatBody(first)]
  return tag === 1 ? version === 3 || version === 6 : version === 4 || version === 5 || version === 6
}

function newFormatBody(head: Buffer): number {
  const length = head[1] ?? 0
  if (length < 192) return 2
  return length < 224 ? 3 : length === 255 ? 6 : head.length
}

function oldFormatBody(first: number): number {
  return [2, 3, 5, Number.POSITIVE_INFINITY][first & 0x03] ?? 0
}
