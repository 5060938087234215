import type { Json } from '../model.ts'
import { isEmailForm, isMobileForm } from '../outside/api-forms.ts'
import type { RowPlaceholders } from './row-placeholders.ts'
import { isEmpty, isList, isObject, textOf, trimmed } from './values.ts'

/** One name by which the API knows a member. */
export interface Identifier {
  readonly type: string
  readonly value: string
}

/** What the partner-program APIs know a customer by. */
export const CUSTOMER_IDENTIFIERS = ['id', 'mobile', 'email', 'externalId']

/** Identifiers as they are found: the first `count` of the list, which is used again for the next row. */
export interface FoundIdentifiers {
  readonly list: Identifier[]
  count: number
}

/** Adds the identifiers in `profiles[].identifiers[]` of a registration's body that have a value. */
export function findBodyIdentifiers(body: Json | undefined, found: FoundIdentifiers): void {
  const profiles = isObject(body) ? body['profiles'] : undefined
  if (!isList(profiles)) return
  for (const profile of profiles) {
    const identifiers = isObject(profile) ? profile['identifiers'] : undefined
    if (!isList(identifiers)) continue
    for (const identifier of identifiers) {
      if (isObject(identifier)) addIdentifier(found, identifier['type'], identifier['value'])
    }
  }
}

/** Adds the identifiers of a link's customer that have a value. */
export function findCustomerIdentifiers(customer: Json | undefined, found: FoundIdentifiers): void {
  if (!isObject(customer)) return
  // Each by its own name, which takes a fraction of the time: most customers have one of them.
  const { id, mobile, email, externalId } = customer
  if (id !== undefined) addIdentifier(found, 'id', id)
  if (mobile !== undefined) addIdentifier(found, 'mobile', mobile)
  if (email !== undefined) addIdentifier(found, 'email', email)
  if (externalId !== undefined) addIdentifier(found, 'externalId', externalId)
}

/**
 * The identifiers of a member, each once and normalised, so that two rows of one member are seen to be: mobiles are digits
 * alone, e-mails lower case.
 */
export function memberIdentifiers({ list, count }: FoundIdentifiers): readonly Identifier[] {
  const members = list.slice(0, count)
  let kept = 0
  for (const identifier of members) {
    const value = normalise(identifier.type, identifier.value)
    const normal = value === identifier.value ? identifier : { type: identifier.type, value }
    if (!isAmong(members, kept, normal)) members[kept++] = normal
  }
  // A call, even where the length stays what it is.
  if (kept < members.length) members.length = kept
  return members
}

/**
 * Of a member's identifiers, normalised, those that make two rows one member: neither words for nothing, which
 * `placeholders` knows, nor what the API holds for malformed. The very same list where all of them do.
 */
export function joiningIdentifiers(
  members: readonly Identifier[],
  placeholders: RowPlaceholders,
): readonly Identifier[] {
  for (let at = 0; at < members.length; at++) {
    if (!joins(members[at] as Identifier, placeholders)) return members.filter((each) => joins(each, placeholders))
  }
  return members
}

function joins({ type, value }: Identifier, placeholders: RowPlaceholders): boolean {
  if (type === 'email' ? !isEmailForm(value) : type === 'mobile' && !isMobileForm(value)) return false
  return !placeholders.has(type, value)
}

/** Whether one of the first so many is the same. */
function isAmong(identifiers: readonly Identifier[], count: number, { type, value }: Identifier): boolean {
  for (let at = 0; at < count; at++) {
    const other = identifiers[at]
    if (other?.value === value && other.type === type) return true
  }
  return false
}

/** An identifier as one text: `mobile:919876543210`. */
export function memberName({ type, value }: Identifier): string {
  return `${type}:${value}`
}

/** Adds an identifier that has a value. */
export function addIdentifier(found: FoundIdentifiers, type: Json | undefined, value: Json | undefined): void {
  if (typeof type !== 'string' || isEmpty(value)) return
  const text = textOf(value)
  if (text !== undefined) found.list[found.count++] = { type, value: trimmed(text) }
}

/** An identifier's value as rows of one member are told by. */
export function normalise(type: string, value: string): string {
  if (type === 'email') return isSmall(value) ? value : value.toLowerCase()
  return type === 'mobile' && !isDigits(value) ? value.replaceAll(/\D/g, '') : value
}

/** Whether it is ASCII without capitals, as an e-mail is that went through `lower`. */
function isSmall(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 126 || (code >= 65 && code <= 90)) return false
  }
  return true
}

function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 48 || code > 57) return false
  }
  return true
}
