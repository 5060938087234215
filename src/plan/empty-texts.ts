import type { Json } from '../model.ts'
import type { Render } from './compile-template.ts'
import { plainCell } from './plain-cell.ts'
import { isList, isObject } from './values.ts'

/**
 * The same columns, read as empty where a cell holds exactly one of these texts; of a record or a part of one, the values
 * that do are left out at any depth.
 */
export function readingEmpty(read: (column: string) => Render, texts: readonly string[]): (column: string) => Render {
  if (texts.length === 0) return read
  const empty = new Set(texts)
  const longest = Math.max(...texts.map((text) => text.length))
  return (column) => {
    const readOne = read(column)
    return (input) => {
      const value = readOne(input)
      // Most cells are longer than any such text, and need no second look.
      if (typeof value === 'string' && value.length > longest + MOST_AROUND) return value
      return value === undefined ? undefined : without(value, empty)
    }
  }
}

/** What a cell may have around its text that counts for nothing: `="…"`, and some characters that cannot be seen. */
const MOST_AROUND = 16

function without(value: Json, empty: ReadonlySet<string>): Json | undefined {
  if (typeof value === 'string') return isEmptyText(value, empty) ? undefined : value
  if (isList(value))
    return value.flatMap((item) => {
      const left = without(item, empty)
      return left === undefined ? [] : [left]
    })
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]): [string, Json][] => {
      const left = without(inner, empty)
      return left === undefined ? [] : [[name, left]]
    }),
  )
}

function isEmptyText(text: string, empty: ReadonlySet<string>): boolean {
  if (empty.has(text)) return true
  const plain = plainCell(text)
  return typeof plain === 'string' && plain !== text && empty.has(plain)
}
