/**
 * What a text holds that no text of a person does, in words: U+0000, or half of a surrogate pair. JSON and YAML can write
 * both by an escape; databases, HTTP headers and files in UTF-8 cannot hold them. Undefined of a sound text.
 */
export function unsoundText(text: string): string | undefined {
  if (text.includes('\0')) return 'the character U+0000'
  if (text.isWellFormed()) return undefined
  const half = /[\uD800-\uDFFF]/u.exec(text)?.[0] ?? ''
  return `half of a character (U+${half.charCodeAt(0).toString(16).toUpperCase()}, one of a surrogate pair without the other)`
}

/** The text with U+FFFD in the place of what `unsoundText` finds. */
export function soundText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed()
}
