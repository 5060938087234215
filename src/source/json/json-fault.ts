import type { Json } from '../../model.ts'
import { soundText, unsoundText } from '../../outside/sound-text.ts'

/** Nobody's record is nested so deep; what is would overflow the stack of whatever reads or writes it after us. */
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

/** Nearly every record is known by this alone not to be deep. */
function hasManyBrackets(text: string): boolean {
  let found = 0
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1))
      if (++found > MOST_DEPTH) return true
  }
  return false
}

/**
 * What a JSON text can write by an escape and no text of a person holds: U+0000, or half of a surrogate pair. Gives
 * where it stands and what it is, in words; undefined of nearly every record, by its text alone.
 */
export function findUnsound(value: Json, text: string): { readonly field: string; readonly what: string } | undefined {
  return SUSPICIOUS.test(text) ? search(value, '') : undefined
}

const SUSPICIOUS = /\\u(?:0000|d[89a-f])/i

function search(value: Json, field: string): { readonly field: string; readonly what: string } | undefined {
  if (typeof value === 'string') {
    const what = unsoundText(value)
    return what === undefined ? undefined : { field, what }
  }
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, item] of Object.entries(value)) {
    const what = unsoundText(name)
    const place = field === '' ? name : `${field}.${name}`
    const found = what === undefined ? search(item, place) : { field: soundText(place), what }
    if (found !== undefined) return found
  }
  return undefined
}
