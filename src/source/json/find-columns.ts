import type { ArrayOutline, ObjectOutline, Outline } from './outline.ts'

/** Lists under the names that stand beside them, as pandas' orient="split" writes them. */
export function findSplit(
  top: ObjectOutline,
  sample: Buffer,
): { readonly list: ArrayOutline; readonly path: string; readonly names: readonly string[] } | undefined {
  const columns = top.entries.find(({ key }) => key === 'columns')?.value
  const data = top.entries.find(({ key, value }) => DATA.has(key) && isListOfLists(value))
  if (columns?.kind !== 'array' || columns.end === undefined || data?.value.kind !== 'array') return undefined
  if (columns.items.length === 0 || columns.items.some(({ kind }) => kind !== 'string')) return undefined
  const names = columns.items.map(({ start, end }) => JSON.parse(sample.toString('utf8', start, end)) as string)
  return { list: data.value, path: data.key, names }
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
  return entries.length >= MANY || entries.every(({ key }) => /[\d@]/.test(key))
}

function isScalar({ kind }: Outline): boolean {
  return kind !== 'object' && kind !== 'array'
}

function isListOfLists(value: Outline): boolean {
  return value.kind === 'array' && value.items[0]?.kind === 'array'
}

const MANY = 5
const DATA: ReadonlySet<string> = new Set(['data', 'rows', 'values'])
