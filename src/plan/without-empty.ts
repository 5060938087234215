import type { Json } from '../model.ts'
import { isEmpty, isList, isObject } from './values.ts'

/**
 * A value without what is empty in it, at any depth, and without what becomes empty with it. An element of a list that
 * loses its `value` goes as a whole. Undefined where nothing is left.
 */
export function withoutEmpty(value: Json): Json | undefined {
  if (isEmpty(value)) return undefined
  if (isList(value)) {
    const items = value.flatMap((item) => (isHollow(item) ? [] : (withoutEmpty(item) ?? [])))
    return items.length === 0 ? undefined : items
  }
  if (!isObject(value)) return value
  const entries = Object.entries(value).flatMap(([name, inner]): [string, Json][] => {
    const left = withoutEmpty(inner)
    return left === undefined ? [] : [[name, left]]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

/** `{ name: city, value: "" }`. */
function isHollow(item: Json): boolean {
  return isObject(item) && 'value' in item && withoutEmpty(item['value'] ?? null) === undefined
}
