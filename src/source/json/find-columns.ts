import type { ArrayOutline, ObjectOutline, Outline } from './outline.ts'

/**
 * Lists under the names that stand beside them: texts, as pandas' orient="split" has them, or objects that tell of a column
 * each, as Trino and ClickHouse do.
 */
export function findSplit(
  top: ObjectOutline,
  sample: Buffer,
): { readonly list: ArrayOutline; readonly path: string; readonly names: readonly string[] } | undefined {
  const columns = top.entries.find(({ key }) => NAMES.has(key))?.value
  const data = top.entries.find(({ key, value }) => DATA.has(key) && isListOfLists(value))
  if (columns?.kind !== 'array' || columns.end === undefined || data?.value.kind !== 'array') return undefined
  const names = columns.items.flatMap((column) => nameOf(column, sample) ?? [])
  return names.length === 0 || names.length < columns.items.length
    ? undefined
    : { list: data.value, path: data.key, names }
}

/** What a column is called by a text, or by an object that tells of it. */
function nameOf(column: Outline, sample: Buffer): string | undefined {
  if (column.kind === 'object') {
    const name = column.entries.find(({ key, value }) => NAME.has(key) && value.kind === 'string')
    return name === undefined ? undefined : nameOf(name.value, sample)
  }
  return column.kind === 'string'
    ? (JSON.parse(sample.toString('utf8', column.start, column.end)) as string)
    : undefined
}

/** True of an object that has a list of values for each column, all of one length, or an object by row numbers. */
export function isColumns({ entries }: ObjectOutline): boolean {
  const whole = entries.filter(({ value }) => value.end !== undefined)
  const [first] = whole
  if (first === undefined || entries.length < 2) return false
  if (first.value.kind === 'array') {
    const rows = first.value.items.length
    return (
      rows > 1 &&
      entries.every(({ value }) => value.kind === 'array' && value.items.every(isScalar)) &&
      whole.every(({ value }) => value.kind === 'array' && value.items.length === rows)
    )
  }
  return entries.every(
    ({ value }) =>
      value.kind === 'object' &&
      value.entries.length > 0 &&
      value.entries.every((entry, at) => entry.key === String(at) && isScalar(entry.value)),
  )
}

/** An object of objects that are alike, each under a key of its own; or the one within an object that says what is about it. */
export function findByKey(
  top: ObjectOutline,
  path = '',
): { readonly value: ObjectOutline; readonly path: string } | undefined {
  const objects = top.entries.flatMap(({ value }) => (value.kind === 'object' ? [value] : []))
  if (objects.length === top.entries.length && areAlike(objects) && areKeys(top)) return { value: top, path }
  const [only, another] = top.entries.filter(({ value }) => value.kind === 'object')
  if (only?.value.kind !== 'object' || another !== undefined) return undefined
  return findByKey(only.value, path === '' ? only.key : `${path}.${only.key}`)
}

/** Most of the fields of the first are those of the others. */
function areAlike(objects: readonly ObjectOutline[]): boolean {
  const [first, ...others] = objects.map(({ entries }) => new Set(entries.map(({ key }) => key)))
  if (first === undefined || others.length === 0 || first.size === 0) return false
  return others.every((each) => each.size === 0 || each.intersection(first).size * 2 >= Math.min(each.size, first.size))
}

/** Keys as members have them: with digits, or more of them than a record has parts. */
function areKeys({ entries }: ObjectOutline): boolean {
  return entries.length >= MANY || entries.every(({ key }) => /[\d@]/.test(key) || PUSH_ID.test(key))
}

function isScalar({ kind }: Outline): boolean {
  return kind !== 'object' && kind !== 'array'
}

function isListOfLists(value: Outline): boolean {
  return value.kind === 'array' && value.items[0]?.kind === 'array'
}

const MANY = 5
/** A key that Firebase makes, which may have no digit. */
const PUSH_ID = /^-[\w-]{19}$/
const DATA: ReadonlySet<string> = new Set(['data', 'rows', 'values', 'records'])
const NAMES: ReadonlySet<string> = new Set(['columns', 'cols', 'fields', 'meta', 'header', 'headers', 'names'])
const NAME: ReadonlySet<string> = new Set(['name', 'columnName', 'column_name', 'label', 'Name'])
