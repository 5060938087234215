/** Nobody's record and no answer of the API is nested so deep; what is overflows the stack of whatever writes it. */
export const MOST_DEPTH = 100

/** Whether a JSON text is nested deeper than `MOST_DEPTH`: by its brackets alone, before anything is made of it. */
export function isTooDeep(text: string): boolean {
  if (!hasManyBrackets(text)) return false
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if ((code | LOWER) === OPEN) {
      if (++depth > MOST_DEPTH) return true
    } else if ((code | LOWER) === CLOSED) depth--
  }
  return false
}

/** Where the string that begins there ends: at the first quote with an even number of backslashes before it. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++
    if (escapes % 2 === 0) return end
  }
  return text.length
}

const QUOTE = 34
const BACKSLASH = 92
/** `[` and `]` become `{` and `}` by this bit. */
const LOWER = 32
const OPEN = 123
const CLOSED = 125

/** Nearly every text is known by this alone not to be deep. */
function hasManyBrackets(text: string): boolean {
  let found = 0
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      if (++found > MOST_DEPTH) return true
    }
  }
  return false
}
