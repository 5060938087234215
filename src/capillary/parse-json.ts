import type { Json } from '../model.ts'
import { isTooDeep } from '../outside/json-depth.ts'
import { soundText } from '../outside/sound-text.ts'

/**
 * JSON with every digit of its integers: those beyond 2^53 come as strings; U+FFFD stands for what is no character of a
 * text. Undefined where the text is not JSON, or nested deeper than any answer.
 */
export function parseJson(text: string): { readonly value: Json } | undefined {
  if (isTooDeep(text)) return undefined
  try {
    // A reviver costs several times the parsing: only texts with so long a run of digits need it.
    const value: Json = /\d{16}/.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
    return { value: UNSOUND.test(text) ? withSoundTexts(value) : value }
  } catch {
    return undefined
  }
}

/** `source`: the value as it stands in the text; lists and objects have none. */
function keepDigits(_name: string, value: Json, { source = '' }: { source?: string } = {}): Json {
  return /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? source : value
}

/** An escape for U+0000, or for half of a surrogate pair; the other half may follow it. */
const UNSOUND = /\\u(?:0000|d[89a-f])/i

function withSoundTexts(value: Json): Json {
  if (typeof value === 'string') return soundText(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withSoundTexts)
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [soundText(name), withSoundTexts(item)]))
}
