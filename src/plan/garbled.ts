/**
 * Whether a text is UTF-8 that was read as Western European, as spreadsheets and mail programs read a file without a mark:
 * `MÃ¼ller` of Müller. A text that is meant has hardly ever letters and signs in an order that makes it such.
 */
export function isGarbled(text: string): boolean {
  if (!LEADING.test(text)) return false
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const byte = code < 256 ? code : WINDOWS_1252.get(code)
    if (byte === undefined) return false
    bytes[at] = byte
  }
  try {
    return /[\p{L}’‘–]/u.test(utf8.decode(bytes).replaceAll(/[\0-\x7f]/g, ''))
  } catch {
    return false
  }
}

/** What the first byte of two or three becomes, and one of those that may follow it. */
const LEADING = /[\u00C3-\u00EF][\u0080-\u00BF\u0152-\u02DC\u2013-\u2122]/
const utf8 = new TextDecoder('utf-8', { fatal: true })
/** The bytes of the characters that windows-1252 has beside those of Unicode's first 256. */
const WINDOWS_1252: ReadonlyMap<number, number> = new Map(
  Array.from({ length: 32 }, (_, at) => {
    const byte = 0x80 + at
    return [new TextDecoder('windows-1252').decode(Uint8Array.of(byte)).charCodeAt(0), byte] as const
  }),
)
