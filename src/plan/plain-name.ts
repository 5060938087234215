import { unarmour } from './cell-shape.ts'
import { trimBlank } from './invisible.ts'

/** A column's name as a plan says it: without white space and what cannot be seen at its ends, and without `="…"`. */
export function plainName(name: string): string {
  const text = trimBlank(name)
  return trimBlank(unarmour(text) ?? text)
}

/** The places of a column in a header: of the very name or, where there is none, of those that differ in nothing that shows. */
export function placesOf(column: string, columns: readonly string[]): readonly number[] {
  const exact = placesWhere(columns, (name) => name === column)
  if (exact.length > 0) return exact
  const plain = plainName(column)
  return placesWhere(columns, (name) => plainName(name) === plain)
}

function placesWhere(columns: readonly string[], is: (name: string) => boolean): readonly number[] {
  return columns.flatMap((name, at) => (is(name) ? [at] : []))
}
