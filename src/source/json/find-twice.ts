import type { Json } from '../../model.ts'

/** A field that an object has more than once, with values that differ, each as it stands in the text. */
export interface FieldTwice {
  readonly field: string
  readonly values: readonly [string, string]
}

/**
 * The first field that stands twice in one object of a JSON text, with two values: a reader takes the last, and another
 * reader the first, without a word. `value` is what the text was read as. Nearly every text is known to have none by the
 * number of its names alone.
 */
export function findTwice(value: Json, text: string): FieldTwice | undefined {
  return countColons(text) === countFields(value) ? undefined : search(text)
}

/** The colons behind a quote: one for each name, and some inside strings. */
function countColons(text: string): number {
  let count = 0
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    let before = at - 1
    while (isWhite(text.charCodeAt(before))) before--
    if (text.charCodeAt(before) === QUOTE) count++
  }
  return count
}

function countFields(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  if (Array.isArray(value)) for (const item of value as readonly Json[]) count += countFields(item)
  else {
    for (const name in value as object) count += 1 + countFields((value as Record<string, Json>)[name] ?? null)
  }
  return count
}

interface Open {
  /** Of an object: its names, each with its value's text. */
  readonly fields: Map<string, string>
  /** The name whose value is being passed, and where that begins. */
  name?: string
  from: number
}

function search(text: string): FieldTwice | undefined {
  const open: Open[] = []
  const endValue = (to: number): FieldTwice | undefined => {
    const inner = open.at(-1)
    if (inner?.name === undefined) return undefined
    const value = text.slice(inner.from, to).trim()
    const other = inner.fields.get(inner.name)
    if (other !== undefined && other !== value) {
      const field = open.flatMap(({ name }) => name ?? []).join('.')
      return { field, values: [other, value] }
    }
    inner.fields.set(inner.name, value)
    inner.name = undefined
    return undefined
  }
  for (const { 0: part, 1: name, index } of text.matchAll(PART)) {
    const inner = open.at(-1)
    if (name !== undefined) {
      if (inner !== undefined) Object.assign(inner, { name: JSON.parse(name) as string, from: index + part.length })
    } else if (part === '{' || part === '[') open.push({ fields: new Map(), from: 0 })
    else if (!part.startsWith('"')) {
      const found = endValue(index)
      if (found !== undefined) return found
      if (part !== ',') open.pop()
    }
  }
  return undefined
}

/** A name with its colon, a string that is none, or what opens, parts and closes. */
const PART = /("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}[\],]/gs

function isWhite(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9
}

const QUOTE = 34
