/** Where an element of a JSON array ends. */
export interface JsonElement {
  /** Behind it where it is `closed`; where its brackets do not match; or `stop`. */
  readonly end: number
  readonly how: 'closed' | 'mismatched' | 'open'
}

/**
 * Finds where the array's element at `start` ends, by its braces, brackets and strings alone. A text without braces ends
 * at the next comma, bracket or line end. A string ends with its line at the latest, as JSON has it, so that a lost quote
 * costs no more than that.
 */
export function scanJsonElement(bytes: Buffer, start: number, stop: number): JsonElement {
  const open: number[] = []
  let inString = false
  for (let at = start; at < stop; at++) {
    const byte = bytes[at] ?? 0
    if (inString) {
      if (byte === BACKSLASH && bytes[at + 1] !== LF) at++
      else if (byte === QUOTE || byte === LF) inString = false
      continue
    }
    switch (byte) {
      case QUOTE:
        inString = true
        break
      case OPENING_BRACE:
      case OPENING_BRACKET:
        open.push(byte)
        break
      case CLOSING_BRACE:
      case CLOSING_BRACKET: {
        // A bracket closes the array; a brace that closes nothing is an element by itself, and a broken one.
        if (open.length === 0) return { end: byte === CLOSING_BRACKET && at > start ? at : at + 1, how: 'closed' }
        // In ASCII, each closing one is two behind its opening one.
        if (open.pop() !== byte - 2) return { end: at, how: 'mismatched' }
        if (open.length === 0) return { end: at + 1, how: 'closed' }
        break
      }
      case COMMA:
      case LF:
        if (open.length === 0) return { end: at, how: 'closed' }
        break
    }
  }
  return { end: stop, how: 'open' }
}

const LF = 0x0a
const QUOTE = 0x22
const COMMA = 0x2c
const OPENING_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSING_BRACKET = 0x5d
const OPENING_BRACE = 0x7b
const CLOSING_BRACE = 0x7d
