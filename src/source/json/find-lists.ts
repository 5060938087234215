import { UsageError } from '../../model.ts'
import type { ArrayOutline, ObjectOutline, Outline } from './outline.ts'

/** A list of objects (or, where there is none such, of lists) within objects. */
export interface FoundList {
  /** The names that lead to it, with dots between. */
  readonly path: string
  readonly key: string
  readonly value: ArrayOutline
  /** The objects around it, from the outside in. */
  readonly around: readonly ObjectOutline[]
}

const MOST_DEPTH = 4

/** The lists within an object that may hold records: of objects, or else of lists. Those of its items are not looked for. */
export function findLists(top: ObjectOutline): readonly FoundList[] {
  const lists = walk([top], '')
  const ofObjects = lists.filter(({ value }) => value.items[0]?.kind === 'object')
  return ofObjects.length > 0 ? ofObjects : lists.filter(({ value }) => value.items[0]?.kind === 'array')
}

/** The one list that is called as lists of records are, where it is empty and there is no other: an export of nobody. */
export function emptyList(top: ObjectOutline): FoundList | undefined {
  const [list, another] = walk([top], '').filter(({ value }) => value.end !== undefined && value.items.length === 0)
  return another === undefined && list !== undefined && OF_RECORDS.has(plain(list.key)) ? list : undefined
}

function walk(around: readonly ObjectOutline[], path: string): FoundList[] {
  return (around.at(-1)?.entries ?? []).flatMap(({ key, value }) => {
    const inner = path === '' ? key : `${path}.${key}`
    if (ABOUT_DATA.has(plain(key))) return []
    if (value.kind === 'array') return [{ path: inner, key, value, around }]
    return value.kind === 'object' && around.length < MOST_DEPTH ? walk([...around, value], inner) : []
  })
}

/** False of lists that are fields of a record: of a member, or of the body of a request to the API. */
export function areWrapped(lists: readonly FoundList[]): boolean {
  const around = [...new Set(lists.flatMap((list) => list.around))]
  if (around.some(isOfAPerson)) return false
  if (around.some(({ entries }) => entries.some(({ key }) => OF_THE_API.has(key)))) return false
  return around.every(areAbout) || lists.some(({ key }) => OF_RECORDS.has(plain(key)))
}

/** True of an object whose own plain values are all about the data beside them. */
export function areAbout({ entries }: ObjectOutline): boolean {
  return entries.every(({ key, value }) => !isScalar(value) || value.kind === 'literal' || isAboutData(key))
}

/** True of an object that has a plain value by which a person is known. */
export function isOfAPerson({ entries }: ObjectOutline): boolean {
  return entries.some(({ key, value }) => isScalar(value) && OF_A_PERSON.test(key))
}

function isScalar({ kind }: Outline): boolean {
  return kind !== 'object' && kind !== 'array'
}

/** True of what stands beside the records and is about them: a count, the next page, what went wrong. */
export function isAboutData(key: string): boolean {
  return ABOUT_DATA.has(plain(key)) || ABOUT.test(key)
}

/** The list or object at a path. Throws UsageError where there is none. */
export function listAt(top: Outline, path: string, name: string): ArrayOutline | ObjectOutline {
  let at: Outline | undefined = top
  for (const key of path.split('.'))
    at = at?.kind === 'object' ? at.entries.find((each) => each.key === key)?.value : undefined
  if (at?.kind === 'array' || at?.kind === 'object') return at
  const lists = top.kind === 'object' ? findLists(top) : []
  const known =
    lists.length === 0
      ? 'It has no list of objects at its beginning.'
      : `Its lists are: ${lists.map((list) => list.path).join(', ')}.`
  throw new UsageError(`${name} has no list at \`rows: { path: ${path} }\`. ${known}`)
}

export function severalError(lists: readonly FoundList[], name: string): UsageError {
  const paths = lists
    .map(({ path, value }) => `\`${path}\`${value.end === undefined ? '' : ` (${value.items.length})`}`)
    .join(', ')
  return new UsageError(
    `${name} is one JSON object with several lists of objects: ${paths}. Say in the plan which one holds the members: \`rows: { path: ${lists[0]?.path} }\`.`,
  )
}

/** What is said of an object that is read as one record, though it holds a list. */
export function listNote([list]: readonly FoundList[]): string | undefined {
  if (list === undefined) return undefined
  return (
    `The file is one JSON object, and was read as one record. Its ${JSON.stringify(list.path)} is a list of ${list.value.items.length}: ` +
    `if these are the members, say \`rows: { path: ${list.path} }\`.`
  )
}

function plain(key: string): string {
  return key.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** Of what stands beside the records in an export or an answer: about them, and none of them. */
const ABOUT_DATA: ReadonlySet<string> = new Set(
  (
    'meta metadata count total totals totalcount size page pages pagination paging perpage pagesize limit offset next previous prev cursor ' +
    'links link errors error warnings messages message status success ok code schema fields columns facets aggregations included ' +
    'version generated generatedat exportedat createdat timestamp date took timedout kind etag self href url request requestid ' +
    'scannedcount consumedcapacity hasmore done source type format database collection table query'
  ).split(' '),
)
const ABOUT = /count|total|page|cursor|token|_at$|At$|time$|date$|version|^@|^\$|^_/
/** How lists of records are called. */
const OF_RECORDS: ReadonlySet<string> = new Set(
  (
    'data members member customers customer users people persons contacts contact subscribers clients accounts records record rows ' +
    'results result values value list docs documents hits payload response objects content entries memberlist customerlist ' +
    'mitglieder kunden clientes socios membres adherents klanten clienti üyeler 会員 顧客 会员 客户 회원'
  ).split(' '),
)
const OF_A_PERSON =
  /e-?mail|mobile|phone|first_?name|last_?name|full_?name|birth|gender|member_?(?:no|id|number)|customer_?(?:no|id|number)|external_?id|^id$|^name$/i
/** What a request to register or to link holds. */
const OF_THE_API: ReadonlySet<string> = new Set([
  'profiles',
  'loyaltyProgramEnrollments',
  'extendedFields',
  'linkToPartnerPrograms',
  'identifiers',
])
