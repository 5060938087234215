import type { Schema } from 'avsc'

/** A schema whose names the library takes, and what fields were called that were given another. */
export interface SoundSchema {
  readonly schema: Schema
  readonly names: ReadonlyMap<string, string>
}

/**
 * Gives names to what has none that Avro allows: Polars calls its records nothing at all, and fields as the columns are
 * called (`First Name`).
 */
export function soundSchema(schema: Schema): SoundSchema {
  const names = new Map<string, string>()
  const types = new Map<string, string>()
  const written = JSON.stringify(schema)
  let [prefix, given] = ['renamed_', 0]
  while (written.includes(prefix)) prefix = `_${prefix}`
  const fresh = () => `${prefix}${++given}`
  const typeName = (name: string): string => {
    if (TYPE_NAME.test(name)) return name
    const known = types.get(name) ?? fresh()
    types.set(name, known)
    return known
  }
  const fieldName = (name: string): string => {
    if (NAME.test(name)) return name
    const sound = fresh()
    names.set(sound, name)
    return sound
  }
  const field = (value: unknown): unknown =>
    isObject(value)
      ? {
          ...value,
          ...(typeof value['name'] === 'string' && { name: fieldName(value['name']) }),
          type: walk(value['type']),
        }
      : value
  const walk = (type: unknown): unknown => {
    if (typeof type === 'string') return types.get(type) ?? type
    if (Array.isArray(type)) return type.map(walk)
    if (!isObject(type)) return type
    const { name, fields, items, values, type: inner } = type
    return {
      ...type,
      ...(typeof name === 'string' && { name: typeName(name) }),
      ...(Array.isArray(fields) && { fields: fields.map(field) }),
      ...(items !== undefined && { items: walk(items) }),
      ...(values !== undefined && { values: walk(values) }),
      ...(isObject(inner) && { type: walk(inner) }),
    }
  }
  return { schema: walk(schema) as Schema, names }
}

const NAME = /^[A-Za-z_]\w*$/
/** With its namespace in front. */
const TYPE_NAME = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
