import type { Json } from '../model.ts'

/**
 * A JSONL record as columns: `address.city`, `profiles.0.firstName`. Strings stay as they are, other values read as in
 * JSON, and null is an empty cell. Empty objects and arrays have no column, nor has a record that is not an object.
 * Where two paths read the same (a name with a dot in it), the first stands.
 */
export function flatten(record: Json): Map<string, string> {
  const cells = new Map<string, string>()
  if (isBranch(record) && !Array.isArray(record)) addCells(cells, '', record)
  return cells
}

type Branch = readonly Json[] | { readonly [name: string]: Json }

function addCells(cells: Map<string, string>, prefix: string, branch: Branch): void {
  for (const [name, value] of Object.entries<Json>(branch)) {
    const path = prefix + name
    if (isBranch(value)) addCells(cells, `${path}.`, value)
    else if (!cells.has(path)) cells.set(path, value === null ? '' : String(value))
  }
}

function isBranch(value: Json): value is Branch {
  return typeof value === 'object' && value !== null
}
