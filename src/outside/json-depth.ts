/** Nobody's record and no answer of the API is nested so deep; what is overflows the stack of whatever writes it. */
export const MOST_DEPTH = 100

/** Whether a JSON text is nested deeper than `MOST_DEPTH`: by its brackets alone, before anything is made of it. */
export function isTooDeep(text: string): boolean {
  if (!hasManyBrackets(text)) return false
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (inString) {
      if (character === '\\') at++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{' || character === '[') {
      if (++depth > MOST_DEPTH) return true
    } else if (character === '}' || character === ']') depth--
  }
  return false
}

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
