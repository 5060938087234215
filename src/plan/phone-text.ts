import { bareText, withoutFloatTail, withoutListEnd } from './cell-shape.ts'
import { foldPlain } from './fold-text.ts'
import { dropInvisible, trimBlank } from './invisible.ts'

/**
 * A phone's cell without what is no part of the number and can only be read in one way: a spreadsheet's armour (`="…"`, an
 * apostrophe), quotes around it, `tel:` (`p:` in Facebook's leads), WhatsApp's address, what cannot be seen, the `.0` of a
 * float, a note in brackets without digits, brackets around the country code, a comma at its end; digits of other scripts
 * and full-width signs are plain.
 */
export function phoneText(cell: string): string {
  let text = trimBlank(dropInvisible(foldPlain(cell)).replaceAll(SPACES, ' ').replaceAll('\uff70', '-'))
  text = trimBlank(bareText(text))
  text = withoutListEnd(text)
    .replace(WHATSAPP, '+$1')
    .replace(SCHEME, '')
    .replace(NOTE_BEFORE, '')
    .replace(NOTE_BEHIND, '')
    .replace(CODE_IN_BRACKETS, '$1 ')
    .replace(CARRIER, '$10')
  // No float has a 0 in front: with one, the point is punctuation (0177.000000).
  return text.startsWith('0') ? text : (withoutFloatTail(text) ?? text)
}

/** No cell with phones and a note is longer. Patterns take the square of a long row of digits. */
export const LONGEST_PHONE = 500

/** The parts of a cell between signs or words that stand between two numbers; the cell alone where there are none. */
export function phoneParts(text: string): readonly string[] {
  return text
    .split(BETWEEN_NUMBERS)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** The ways to cut a cell in two at what stands between its digits. */
export function halvesOf(text: string): readonly (readonly [string, string])[] {
  return Array.from(text.matchAll(/(?<=\d[).]*)[^\d+()]+|(?<=\d)(?=[+(])/g), ({ index, 0: between }) => [
    text.slice(0, index),
    text.slice(index + between.length),
  ])
}

/**
 * The number before a slash, or in front of brackets, and fewer digits than a number has: `0664 1234567/68` is two numbers
 * that differ in their last digits, and not a longer one. Undefined where nothing of the kind stands there.
 */
export function beforeShortSecond(text: string): string | undefined {
  return /^([^/]*\d|.*\d{5})\s*(?:\/\s*\d{1,3}|\(\d{1,4}\))$/.exec(text)?.[1]
}

/**
 * A number with a decimal point, which is no punctuation of a phone; with a 0 or + in front it is, before three digits and
 * more.
 */
export function isDecimal(text: string): boolean {
  // Spaces between thousands, as French programs write a float.
  if (/^-?[1-9][^.,]* [^.,]*[.,](?:\d|0+)$/.test(text)) return true
  return /^(?:-?[1-9]\d*[.,]\d+|[1-9]\d{6,}(?:[.,]\d+)+|[^.,]*\d{5}[.,]\d{1,2}|.*\d{7}(?:[.,]0+){2,})$/.test(text)
}

const SPACES = /\p{Zs}/gu
/** Its numbers are with their country code always. */
const WHATSAPP = /^\+?(\d+)@(?:c\.us|s\.whatsapp\.net)$/i
const SCHEME = /^(?:tel|callto|sms|whatsapp|p):(?:\/\/)?(?=[+\d(])/i
const NOTE_BEFORE = /^[([{][^\d()[\]{}+]*[)\]}]\s*(?=.*\d)/
const NOTE_BEHIND = /(?<=\d.*)\s*[([{][^\d()[\]{}+]*[)\]}]$/
const CODE_IN_BRACKETS = /^[([]\s*(\+\s*\d{1,3})\s*[)\]]\s*/
/** Brazil's `0xx11`, in which the carrier's code stands for xx. */
const CARRIER = /^(\(?)0\s?(?:xx|\*\*)\s?(?=\d)/i
const BETWEEN_NUMBERS = /[/;|,&、\r\n]|\s(?:or|and|oder|und|ou|et|y|o|e|of|en|atau|dan|veya|ve|или|и|या|और|或|和)\s/iu
