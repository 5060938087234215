import { isOfAPerson } from './find-lists.ts'
import type { ArrayOutline, ObjectOutline, Outline } from './outline.ts'

/** Lists under the names that stand elsewhere in the text. */
interface Split {
  readonly list: ArrayOutline
  readonly path: string
  /** How many objects are around the lists. */
  readonly around: number
  readonly names: readonly string[]
}

/**
 * Lists under the names that stand beside them: texts, as pandas' orient="split" has them, or objects that tell of a column
 * each, as Trino and ClickHouse do; also somewhat further off, as Snowflake, Databricks, Metabase, Amazon's Data API and BigQuery
 * have them.
 */
export function findSplit(top: ObjectOutline, sample: Buffer): Split | undefined {
  const lists = listsIn(top, '', 1)
  const data = lists.find(({ key, value }) => DATA.has(key) && rowOf(value) !== undefined)
  const row = data === undefined ? undefined : rowOf(data.value)
  if (data === undefined || row === undefined) return undefined
  for (const { key, value } of lists) {
    if (!NAMES.has(key) || value.end === undefined) continue
    const names = value.items.flatMap((column) => nameOf(column, sample) ?? [])
    if (names.length === 0 || names.length < value.items.length) continue
    if (row.end !== undefined && row.items.length > names.length) continue
    return { list: data.value, path: data.path, around: data.around, names }
  }
  return undefined
}

interface ListWithin {
  readonly key: string
  readonly path: string
  readonly around: number
  readonly value: ArrayOutline
}

/** The lists in an object and in those within it, the nearer ones first. */
function listsIn({ entries }: ObjectOutline, path: string, around: number): readonly ListWithin[] {
  const place = (key: string) => (path === '' ? key : `${path}.${key}`)
  const own = entries.flatMap(({ key, value }) =>
    value.kind === 'array' ? [{ key, path: place(key), around, value }] : [],
  )
  if (around === MOST_AROUND) return own
  return [
    ...own,
    ...entries.flatMap(({ key, value }) => (value.kind === 'object' ? listsIn(value, place(key), around + 1) : [])),
  ]
}

const MOST_AROUND = 4

/** What a column is called by a text, or by an object that tells of it. */
function nameOf(column: Outline, sample: Buffer): string | undefined {
  if (column.kind === 'object') {
    const texts = column.entries.filter(({ value }) => value.kind === 'string')
    // CKAN calls a column's name its id.
    const name = texts.find(({ key }) => NAME.has(key)) ?? texts.find(({ key }) => key === 'id')
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

/** An object of objects that are alike, each under a key of its own; or the only one such within an object that is nobody. */
export function findByKey(
  top: ObjectOutline,
  path = '',
): { readonly value: ObjectOutline; readonly path: string } | undefined {
  const objects = top.entries.flatMap(({ value }) => (value.kind === 'object' ? [value] : []))
  if (objects.length === top.entries.length && areAlike(objects) && areKeys(top)) return { value: top, path }
  const within = top.entries.flatMap(({ key, value }) => (value.kind === 'object' ? [{ key, value }] : []))
  const [only, another] =
    within.length < 2 || isOfAPerson(top) ? within : within.filter(({ value }) => findByKey(value) !== undefined)
  if (only === undefined || another !== undefined) return undefined
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

/** The first of several lists, or of BigQuery's `{f: [{v: …}]}`. */
function rowOf(value: Outline): ArrayOutline | undefined {
  const first = value.kind === 'array' ? value.items[0] : undefined
  if (first?.kind === 'array') return first
  const [field, another] = first?.kind === 'object' ? first.entries : []
  return field?.key === 'f' && another === undefined && field.value.kind === 'array' ? field.value : undefined
}

const MANY = 5
/** A key that Firebase makes, which may have no digit. */
const PUSH_ID = /^-[\w-]{19}$/
const DATA: ReadonlySet<string> = new Set(['data', 'rows', 'values', 'records', 'data_array'])
const NAMES: ReadonlySet<string> = new Set([
  'columns',
  'cols',
  'fields',
  'meta',
  'header',
  'headers',
  'names',
  'columnMetadata',
  'rowType',
])
const NAME: ReadonlySet<string> = new Set(['name', 'columnName', 'column_name', 'label', 'Name'])
