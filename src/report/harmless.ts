/**
 * Text of ours or of the API's, made harmless for spreadsheets: what they might run as a formula gets an apostrophe in
 * front. Space and quotes before the formula's first character hide nothing, and full-width characters count too.
 */
export function harmless(text: string): string {
  return formula.test(text) ? `'${text}` : text
}

const formula = /^(?:[\t\r\n]|[\s"'\u200B\u2060]*[=+\-@＝＋－＠])/u
