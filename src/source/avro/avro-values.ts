import type { Json } from '../../model.ts'
import { BrokenValue } from '../parquet/broken-value.ts'
import { plainJson } from '../parquet/parquet-values.ts'

/** JSON of a record as avsc gives it: its fields, those of records within it too. `names`: what some are called. */
export function avroJson(value: unknown, names: ReadonlyMap<string, string>): Json | BrokenValue {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || value instanceof BrokenValue) {
    return value instanceof BrokenValue ? value : plainJson(value)
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => avroJson(item, names))
    return items.find((item) => item instanceof BrokenValue) ?? (items as readonly Json[])
  }
  // Of a union whose branches cannot be told apart by their values, the branch stands around the value.
  if ('unwrap' in value && typeof value.unwrap === 'function') return avroJson(value.unwrap(), names)
  const fields: Record<string, Json> = {}
  for (const [name, field] of Object.entries(value)) {
    const json = avroJson(field, names)
    if (json instanceof BrokenValue) return json
    fields[names.get(name) ?? name] = json
  }
  return fields
}
