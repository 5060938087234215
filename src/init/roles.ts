import { foldWord } from '../plan/fold-word.ts'
import type { Meaning } from './header-words.ts'
import { meaningOf, saysNothing } from './recognise-header.ts'
import { mixedPairs } from './mixed-pairs.ts'
import { areEmails, areIds, contentOf, isTierLike, neverRepeats } from './recognise-values.ts'
import type { SampledColumn } from './sample-columns.ts'

/** What a column may be to the API. */
export type Role =
  | 'mobile'
  | 'email'
  | 'externalId'
  | 'firstName'
  | 'lastName'
  | 'born'
  | 'points'
  | 'tierExpiry'
  | 'tier'
  | 'partner'
  | 'membership'
  | 'partnerTier'
  | 'partnerTierExpiry'
  | OwnField

/** The column that has a role, if one has. */
export type Of = (role: Role) => SampledColumn | undefined

/** Fields of the organisation's own: what they are, where another language or the values tell it; else called as the column. */
type OwnField = 'city' | 'gender' | 'zip' | 'country' | 'state' | 'extended'

/**
 * What the columns of a file are, each role once: by name first, and by content where a name says nothing (an address
 * with an @ is an e-mail, whatever its column is called). Of columns that may be the same, the one that says so most
 * clearly is taken: a mobile before a phone, a member's number before an id, `Phone` before `Default Address Phone`. `extended`
 * may be several.
 */
export function recogniseColumns(columns: readonly SampledColumn[]): ReadonlyMap<SampledColumn, Role> {
  const roles = new Map<SampledColumn, Role>()
  const taken = new Set<Role>()
  const take = (column: SampledColumn, role: Role | undefined) => {
    if (role === undefined || taken.has(role) || roles.has(column)) return
    roles.set(column, role)
    if (role !== 'extended') taken.add(role)
  }
  const others = mixedPairs(columns)
  const isPaid = columns.some(({ name }) => PAYMENT_CARD.test(name))
  const given = columns.filter(
    ({ name, values }) =>
      values.length > 0 &&
      !others.has(name) &&
      !isAside(name) &&
      name.trim() !== '' &&
      !(isPaid && /\bcard\b/i.test(name)),
  )
  const named = new Map(given.map((column) => [column, isLabel(column, given) ? undefined : roleByName(column)]))
  const plain = given.toSorted((a, b) => wordCount(a.name) - wordCount(b.name))
  for (const column of plain) if (named.get(column)?.isClear === true) take(column, named.get(column)?.role)
  for (const column of plain) take(column, named.get(column)?.role)
  const first = [...roles].find(([, role]) => role === 'firstName')?.[0]
  for (const column of given) {
    if (!roles.has(column) && first !== undefined && isRestOfName(column, first)) take(column, 'lastName')
  }
  for (const column of given) if (!roles.has(column)) take(column, roleByContent(column))
  return roles
}

/** What a shop keeps of the card that was paid with, which is no member's: Stripe's `Card ID` stands beside `Card Last4`. */
const PAYMENT_CARD = /\bcard[ _.](?:last[ _]?4|brand|exp|fingerprint|funding)/i

/** In capitals or with signs between them; a path counts by its last name. */
function wordCount(name: string): number {
  const last = name.split('.').findLast((step) => !/^\d+$/.test(step)) ?? name
  return last.split(/[^\p{L}\p{M}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})/u).filter((word) => word !== '').length
}

/** What reports add to a row, and programs to a record; the record itself may stand below such a name (`_source.email`). */
function isAside(name: string): boolean {
  return name.startsWith('_') && !name.includes('.')
}

/** What says of which kind an address or a number in another column is: `E-mail 1 - Label` beside `E-mail 1 - Value`. */
function isLabel({ name, values }: SampledColumn, given: readonly SampledColumn[]): boolean {
  // A pair of what a field is called, and what stands in it: `{"name": "email", "values": ["…"]}`.
  const pair = /^(.+\.)(?:name|key|label|field)$/i.exec(name)?.[1]?.toLowerCase()
  if (pair !== undefined && given.some((other) => other.name.toLowerCase().startsWith(`${pair}value`))) return true
  const meaning = meaningOf(name)
  if (meaning === 'email') return !values.some(isAddress) && given.some((other) => isEmailColumn(other))
  if ((meaning !== 'mobile' && meaning !== 'phone') || values.some(isNumber)) return false
  return given.some((other) => ['mobile', 'phone'].includes(meaningOf(other.name) ?? '') && other.values.some(isNumber))
}

function isEmailColumn(column: SampledColumn): boolean {
  return areEmails(column) || (meaningOf(column.name) === 'email' && column.values.some(isAddress))
}

function isAddress(value: string): boolean {
  return value.includes('@')
}

function isNumber(value: string): boolean {
  return value.replaceAll(/\P{Nd}/gu, '').length >= FEWEST_DIGITS
}

/** A column that says that it holds names, and holds none of those of another: the last names, where that one has the first. */
function isRestOfName({ name, values }: SampledColumn, first: SampledColumn): boolean {
  if (meaningOf(name) !== 'name' || areNobodysNames(values)) return false
  const names = new Set(first.values)
  return !values.some((value) => names.has(value) || value.split(/\s+/).some((word) => names.has(word)))
}

interface NamedRole {
  readonly role: Role
  readonly isClear: boolean
}

const CLEAR: Partial<Record<Meaning, Role>> = { mobile: 'mobile', externalId: 'externalId', firstName: 'firstName' }
const LESS_CLEAR: Partial<Record<Meaning, Role>> = {
  phone: 'mobile',
  id: 'externalId',
  name: 'firstName',
  balance: 'points',
}

function roleByName(column: SampledColumn): NamedRole | undefined {
  const { name, values } = column
  const meaning = meaningOf(name)
  const role = meaning === undefined || meaning === 'other' ? extendedByName(name, meaning) : roleOf(meaning)
  if (role === undefined) return undefined
  // A column of addresses is not the member's number, whatever its name.
  const isMail = areEmails(column)
  if (isMail !== (role === 'email') && (isMail || values.length >= MANY)) return undefined
  if (NAMES.has(role) && areNobodysNames(values)) {
    return meaning === 'name' && areIds(column) ? { role: 'externalId', isClear: false } : undefined
  }
  // A card that is never there twice is no tier, and a code that is there again and again is nobody's id.
  if (role === 'tier' && values.length >= MANY && neverRepeats(column)) {
    return areIds(column) ? { role: 'externalId', isClear: false } : undefined
  }
  if (role === 'externalId' && values.length >= MANY && isTierLike(column)) return undefined
  return { role, isClear: meaning !== undefined && LESS_CLEAR[meaning] === undefined }
}

/** The addresses of records, or numbers alone: `Kunde` is a customer's name in one file, and the number in another. */
function areNobodysNames(values: readonly string[]): boolean {
  return values.length > 0 && (values.every((value) => value.includes('/')) || !values.some(hasLetter))
}

function hasLetter(value: string): boolean {
  return /\p{L}/u.test(value)
}

const NAMES: ReadonlySet<Role> = new Set<Role>(['firstName', 'lastName'])
/** A phone has more; words of kinds and labels have none. */
const FEWEST_DIGITS = 4
/** Values from which on what stands in a column is stronger than its name. */
const MANY = 10

function roleOf(meaning: Exclude<Meaning, 'other'>): Role {
  const role = CLEAR[meaning] ?? LESS_CLEAR[meaning]
  return role ?? (meaning as Role)
}

/** Fields of the organisation's own that are known by their English names: they keep them. */
function extendedByName(name: string, meaning: Meaning | undefined): Role | undefined {
  if (meaning === 'other') return undefined
  const words = name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase()
  return EXTENDED.test(words.replaceAll(/[^\p{L}\d]+/gu, ' ').trim()) ? 'extended' : undefined
}

const EXTENDED =
  /\b(?:city|town|state|country|gender|sex|zip|pin ?code|postal ?code|postcode|area|region|language|occupation|nationality)\b/

/** By what stands in a column alone, where the name does not speak against it. */
function roleByContent(column: SampledColumn): Role | undefined {
  const meaning = meaningOf(column.name)
  if (meaning !== undefined) return meaning !== 'other' && areEmails(column) ? 'email' : undefined
  const content = contentOf(column)
  const isUnnamed = saysNothing(column.name)
  switch (content) {
    case 'mobile':
      return DATE_WORDS.test(foldWord(column.name)) || AMOUNT_WORDS.test(foldWord(column.name)) ? undefined : content
    case 'email':
    case 'gender':
    case 'city':
    case 'tier':
    case 'partner':
      return content
    case 'externalId':
      return mayNameMember(column) ? content : undefined
    case 'born':
      return isUnnamed || !DATE_WORDS.test(foldWord(column.name)) ? content : undefined
    case 'some tier':
      return isUnnamed || TIER_WORDS.test(foldWord(column.name)) ? 'tier' : undefined
    case 'firstName':
      return isUnnamed ? 'firstName' : undefined
    case undefined:
      return undefined
  }
}

/**
 * Whether what looks like ids may be a member's, and no age, postcode, amount or order: its header says that it is some
 * number or code, or nothing at all, and it does not number the rows.
 */
function mayNameMember({ name, values }: SampledColumn): boolean {
  const first = Number(values[0])
  if ((first === 0 || first === 1) && values.every((value, at) => value === String(first + at))) return false
  const words = name.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
  if (saysNothing(name)) return true
  if (ID_WORDS.test(words)) return !OTHER_NUMBERS.test(words)
  // In a language that is not known here.
  return /[^\p{Script=Latin}\p{Script=Common}]/u.test(name) && values.every((value) => /\p{L}|\d{7}/u.test(value))
}

const ID_WORDS =
  /(?:^|[^a-z])(?:id|uid|uuid|guid|oid|no|nr|num|numb?er|code|key|ref|reference|card|member\w*|customer|cust|client|user|account|acct|acc|loyalty|crm|identif\w*|konto|carte|tessera|kart\w*|kod)(?:$|[^a-z])/i

/** What has numbers and codes of its own. */
const OTHER_NUMBERS =
  /order|invoice|bill|receipt|voucher|coupon|promo|ticket|store|shop|branch|outlet|transaction|txn|product|item|sku|batch|house|flat|plot|room|vehicle|passport|licen[cs]e|tax|vat|gst|\bpan\b|zip|post|\bpin\b|serial|\b(?:sr|sl|s)\b|\brow\b|\bline\b|phone|fax/i

/** Dates of other things than births. */
const DATE_WORDS =
  /join|regist|enrol|creat|updat|modif|since|last|first|purchase|visit|order|expir|valid|until|start|end|anniversary|wedding|login|seen/
const AMOUNT_WORDS = /amount|spen[dt]|total|balance|salary|income|price|revenue|sales|timestamp|aadha|account|order/
/** What a tier may be called besides. */
const TIER_WORDS = /class|type|group|segment|rank|category|status|band|plan/
