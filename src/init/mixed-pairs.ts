import type { SampledColumn } from './sample-columns.ts'

/**
 * The columns that are places in a list of names and values (`{"Name": "email", "Value": "…"}`), where the names at its
 * places are not the same in all rows: what stands there is an e-mail in one row, and something else in the next. The columns
 * of the names themselves are among them.
 */
export function mixedPairs(columns: readonly SampledColumn[]): ReadonlySet<string> {
  const mixed = new Set<string>()
  const named = new Set<string>()
  for (const { name, values } of columns) {
    const place = LABEL.exec(name)?.[1]
    if (place === undefined) continue
    named.add(place)
    if (new Set(values).size > 1) mixed.add(place)
  }
  if (mixed.size === 0) return mixed
  // One list is ordered alike in all its places, or in none.
  const lists = new Set(Array.from(mixed, listOf))
  return new Set(
    columns.flatMap(({ name }) => {
      const place = (VALUE.exec(name) ?? LABEL.exec(name))?.[1]
      return place !== undefined && named.has(place) && lists.has(listOf(place)) ? [name] : []
    }),
  )
}

/** `Attributes.1.Name`, and beside it `Attributes.1.Value`, or `values` as a list. */
const LABEL = /^(.+\.\d+)\.(?:name|key|label|field|code|attribute_?code|slug)$/i
const VALUE = /^(.+\.\d+)\.(?:\w*value|values\.\d+)$/i

/** Whether a column holds values of such a list, not their names. */
export function isPairedValue(name: string): boolean {
  return VALUE.test(name)
}

function listOf(place: string): string {
  return place.replace(/\.\d+$/, '')
}
