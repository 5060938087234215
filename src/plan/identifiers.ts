import type { Json } from '../model.ts'
import { CUSTOMER_IDENTIFIERS } from './parse-lanes.ts'
import { isEmpty, isList, isObject, textOf } from './values.ts'

/** One name by which the API knows a member. */
export interface Identifier {
  readonly type: string
  readonly value: string
}

/** The identifiers in `profiles[].identifiers[]` of a registration's body that have a value. */
export function bodyIdentifiers(body: Json | undefined): readonly Identifier[] {
  const found: Identifier[] = []
  const profiles = isObject(body) ? body['profiles'] : undefined
  if (!isList(profiles)) return found
  for (const profile of profiles) {
    const identifiers = isObject(profile) ? profile['identifiers'] : undefined
    if (!isList(identifiers)) continue
    for (const identifier of identifiers) {
      if (isObject(identifier)) add(found, identifier['type'], identifier['value'])
    }
  }
  return found
}

/** The identifiers of a link's customer that have a value. */
export function customerIdentifiers(customer: Json | undefined): readonly Identifier[] {
  const found: Identifier[] = []
  if (isObject(customer)) for (const type of CUSTOMER_IDENTIFIERS) add(found, type, customer[type])
  return found
}

/**
 * The identifiers of a member, each once and normalised, so that two rows of one member are seen to be: mobiles are digits
 * alone, e-mails lower case.
 */
export function memberIdentifiers(identifiers: readonly Identifier[]): readonly Identifier[] {
  const found: Identifier[] = []
  for (const { type, value } of identifiers) {
    const normal = normalise(type, value)
    if (!found.some((other) => other.type === type && other.value === normal)) found.push({ type, value: normal })
  }
  return found
}

/** An identifier as one text: `mobile:919876543210`. */
export function memberName({ type, value }: Identifier): string {
  return `${type}:${value}`
}

function add(found: Identifier[], type: Json | undefined, value: Json | undefined): void {
  if (typeof type !== 'string' || isEmpty(value)) return
  const text = textOf(value)
  if (text !== undefined) found.push({ type, value: text.trim() })
}

function normalise(type: string, value: string): string {
  if (type === 'email') return value.toLowerCase()
  return type === 'mobile' && /\D/.test(value) ? value.replaceAll(/\D/g, '') : value
}
