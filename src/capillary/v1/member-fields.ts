import type { Json } from '../../model.ts'
import { fieldOf, isList, isRecord, textOf } from '../coerce.ts'

/** Values of a member by V1's names: `firstname`, `lastname`, `custom_fields.<name>`, `extended_fields.<name>`. */
export type MemberFields = Readonly<Record<string, string>>

/** Of a member as V1 takes and shows it. */
export function fieldsOfCustomer(customer: Json): MemberFields {
  const fields: Record<string, string> = {}
  for (const name of ['firstname', 'lastname']) put(fields, name, fieldOf(customer, name))
  for (const block of ['custom_fields', 'extended_fields']) {
    const field = fieldOf(fieldOf(customer, block), 'field')
    for (const entry of isList(field) ? field : isRecord(field) ? [field] : []) {
      const name = textOf(fieldOf(entry, 'name'))
      if (name !== undefined) put(fields, `${block}.${name}`, fieldOf(entry, 'value'))
    }
  }
  return fields
}

/** Of a body of version 2. */
export function fieldsOfBody(body: Json): MemberFields {
  const fields: Record<string, string> = {}
  const profiles = fieldOf(body, 'profiles')
  const profile = isList(profiles) ? profiles[0] : undefined
  put(fields, 'firstname', fieldOf(profile, 'firstName'))
  put(fields, 'lastname', fieldOf(profile, 'lastName'))
  for (const [block, values] of [
    ['custom_fields', fieldOf(profile, 'fields')],
    ['extended_fields', fieldOf(body, 'extendedFields')],
  ] as const) {
    if (isRecord(values)) for (const name of Object.keys(values)) put(fields, `${block}.${name}`, values[name])
  }
  return fields
}

/**
 * Names of the fields that a member shows otherwise than expected. Compared as leniently as the API writes: without case,
 * dates by their day alone and whatever stands between their parts; what is not shown says nothing.
 * Source: capillary-facts-2.md, A1 and A2.
 */
export function unlikeFields(expected: MemberFields, shown: MemberFields): readonly string[] {
  return Object.keys(expected).filter((name) => {
    const value = shown[name]
    return value !== undefined && comparable(value) !== comparable(expected[name] ?? '')
  })
}

/** Names of the fields that are expected, and of which a member shows nothing. */
export function unshownFields(expected: MemberFields, shown: MemberFields): readonly string[] {
  return Object.keys(expected).filter((name) => shown[name] === undefined)
}

function put(fields: Record<string, string>, name: string, value: Json | undefined): void {
  const text = typeof value === 'boolean' ? String(value) : textOf(value)
  if (text !== undefined) fields[name] = text
}

function comparable(value: string): string {
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00:00.*)?$/.exec(value) ?? []
  if (year === undefined) return value.trim().toLowerCase()
  return `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
}
