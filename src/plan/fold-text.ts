/** Full-width letters, digits and signs (`＠`, `１`, the ideographic space) as their plain forms; all else as it stands. */
export function foldWidth(text: string): string {
  if (isAscii(text)) return text
  return text.replaceAll(FULL_WIDTH, (character) =>
    character === '\u3000' ? ' ' : String.fromCharCode(character.charCodeAt(0) - 0xfee0),
  )
}

/** Decimal digits of any script (Arabic, Persian, Devanagari, Thai, full-width …) as 0 to 9; all else as it stands. */
export function foldDigits(text: string): string {
  if (isAscii(text)) return text
  return text.replaceAll(OTHER_DIGIT, (digit) => String(digitValue(digit.codePointAt(0) ?? 0)))
}

/** What is no word, as its plain form: digits of any script, full-width signs, the Arabic decimal point and separator. */
export function foldPlain(text: string): string {
  if (isAscii(text)) return text
  return foldDigits(foldWidth(text)).replaceAll('\u066b', '.').replaceAll('\u066c', ',')
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 126) return false
  return true
}

/** Scripts have their ten digits in a row (Unicode, Nd), and rows may follow each other: the distance from the first tells. */
function digitValue(code: number): number {
  let distance = 0
  while (DIGIT.test(String.fromCodePoint(code - distance - 1))) distance++
  return distance % 10
}

const FULL_WIDTH = /[\u3000\uFF01-\uFF5E]/g
const DIGIT = /\p{Nd}/u
const OTHER_DIGIT = /(?![0-9])\p{Nd}/gu
