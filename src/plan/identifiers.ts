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
 * The names of a member, each once, so that two rows of one member are seen to be: `mobile:919876543210`,
 * `email:a@example.com`, `externalId:M-1`. Mobiles are digits alone, e-mails lower case.
 */
export function memberNames(identifiers: readonly Identifier[]): readonly string[] {
  const names: string[] = []
  for (const { type, value } of identifiers) {
    const name = `${type}:${normalise(type, value)}`
    if (!names.includes(name)) names.push(name)
  }
  return names
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
