/** CSV, JSON Lines, or one JSON array. */
export type TextFormat = 'csv' | 'jsonl' | 'json'

export type SourceFormat = TextFormat | 'xlsx' | 'ods' | 'xls' | 'parquet' | 'avro'

/**
 * Whether a text is JSON, in whatever form, or CSV: what its name says, or else its first byte that is not white space. What
 * is called CSV and begins as objects do in JSON is JSON.
 */
export function isJson(name: string, head: Buffer): boolean {
  if (/\.(?:jsonl|ndjson|json)$/i.test(name)) return true
  if (/\.(?:csv|tsv|tab|psv)$/i.test(name)) return OBJECTS.test(head.toString('latin1', 0, 1000))
  const first = head[findNonWhite(head)]
  return first === OPENING_BRACKET || first === OPENING_BRACE
}

/** The place of the first byte that is not white space, or the length. */
export function findNonWhite(bytes: Buffer): number {
  let at = 0
  while (at < bytes.length && WHITE.includes(bytes[at] ?? 0)) at++
  return at
}

/** U+001E, too: it stands before each value of a JSON text sequence (RFC 7464). */
const WHITE = [0x20, 0x09, 0x0a, 0x0d, 0x1e]
const OBJECTS = /^\s*(?:\{\s*"[^"\n]*"\s*:|\[\s*\{\s*")/
const OPENING_BRACKET = 0x5b
const OPENING_BRACE = 0x7b
