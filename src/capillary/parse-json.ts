import type { Json } from '../model.ts'

/** JSON with every digit of its integers: those beyond 2^53 come as strings. Undefined where the text is not JSON. */
export function parseJson(text: string): { readonly value: Json } | undefined {
  try {
    // A reviver costs several times the parsing: only texts with so long a run of digits need it.
    return { value: /\d{16}/.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text) }
  } catch {
    return undefined
  }
}

/** `source`: the value as it stands in the text; lists and objects have none. */
function keepDigits(_name: string, value: Json, { source = '' }: { source?: string } = {}): Json {
  return /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? source : value
}
