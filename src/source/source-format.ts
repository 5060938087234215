/** CSV, JSON Lines, or one JSON array. */
export type TextFormat = 'csv' | 'jsonl' | 'json'

export type SourceFormat = TextFormat | 'xlsx'

/**
 * A text's format: what its name says (CSV, TSV, JSON Lines), or else its first byte that is not white space: `{` starts
 * JSON Lines, and `[` a JSON array.
 */
export function guessFormat(name: string, head: Buffer): TextFormat {
  if (/\.(?:jsonl|ndjson)$/i.test(name)) return 'jsonl'
  if (/\.(?:csv|tsv|tab|psv)$/i.test(name)) return 'csv'
  const first = head[findNonWhite(head)]
  if (first === OPENING_BRACKET) return 'json'
  return first === OPENING_BRACE || /\.json$/i.test(name) ? 'jsonl' : 'csv'
}

/** The place of the first byte that is not white space, or the length. */
export function findNonWhite(bytes: Buffer): number {
  let at = 0
  while (at < bytes.length && WHITE.includes(bytes[at] ?? 0)) at++
  return at
}

const WHITE = [0x20, 0x09, 0x0a, 0x0d]
const OPENING_BRACKET = 0x5b
const OPENING_BRACE = 0x7b
