import { UsageError } from '../../model.ts'

/** So many bytes show what a text is. */
const LOOK_BYTES = 4096

/**
 * Whether bytes are text in EBCDIC, as mainframes and IBM i keep it: letters and digits stand in the upper half, a space is
 * 0x40 and a comma 0x6B, and of what divides the texts of all others (spaces, commas, tabs, line ends) there is next to nothing.
 */
export function looksLikeEbcdic(head: Buffer): boolean {
  const bytes = head.subarray(0, LOOK_BYTES)
  if (bytes.length < FEW) return false
  const counts = { own: 0, digits: 0, other: 0 }
  for (const byte of bytes) {
    if (EBCDIC.has(byte)) counts.own++
    if (byte >= 0xf0 && byte <= 0xf9) counts.digits++
    if (DIVIDERS.has(byte)) counts.other++
  }
  return counts.own >= bytes.length * MOSTLY && counts.digits > 0 && counts.other * RARE <= bytes.length
}

export function ebcdicError(name: string): UsageError {
  return new UsageError(
    `${name} is text in EBCDIC, as mainframes and IBM i keep it, which is not read. Have it converted where it is sent ` +
      `(FTP does so in ASCII mode), or here: \`iconv -f IBM037 -t UTF-8 ${name} > members-utf8.csv\`, with the code page of its country.`,
  )
}

/** Whether a text of ASCII changes to Japanese and back by escapes. */
export function isIso2022Jp(text: Buffer): boolean {
  const at = text.indexOf('\x1B$')
  return at >= 0 && (text[at + 2] === 0x42 || text[at + 2] === 0x40) && text.indexOf('\x1B(', at) > 0
}

/** Whether nearly all that is beyond ASCII are letters of western Europe in the code pages of DOS. */
export function looksLikeDos(text: Buffer): boolean {
  const beyond = text.subarray(0, LOOK_BYTES).filter((byte) => byte >= 0x80)
  const ofDos = beyond.filter((byte) => DOS_LETTERS.has(byte)).length
  return ofDos >= beyond.length * MOSTLY && beyond.some((byte) => byte < 0xa0)
}

const FEW = 16
const MOSTLY = 0.9
const RARE = 50
/** Tab, LF, CR, space, comma and semicolon of ASCII; 0x0D ends lines in either. */
const DIVIDERS: ReadonlySet<number> = new Set([0x09, 0x0a, 0x20, 0x2c, 0x3b])
/** Letters, digits, the space, line ends, and the commonest signs. */
const EBCDIC = bytesIn(
  '818283848586878889919293949596979899a2a3a4a5a6a7a8a9c1c2c3c4c5c6c7c8c9d1d2d3d4d5d6d7d8d9e2e3e4e5e6e7e8e9f0f1f2f3f4f5f6f7f8f9050d1525404b4d4e4f5d5e60616b6d7a7c7d7fb5',
)
/** ü é â ä à ç ê ë è ï î ì Ä É æ Æ ô ö ò û ù Ö Ü á í ó ú ñ Ñ ß in cp437 and cp850. */
const DOS_LETTERS = bytesIn('818283848587888a898b8c8d8e9091929394959697999aa0a1a2a3a4a5e1')

function bytesIn(hex: string): ReadonlySet<number> {
  return new Set(Buffer.from(hex, 'hex'))
}
