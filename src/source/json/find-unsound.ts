import type { Json } from '../../model.ts'
import { soundText, unsoundText } from '../../outside/sound-text.ts'

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
