import type { Json } from '../model.ts'
import { asList, asRecord, asText } from './read-json.ts'
import type { JsonRecord } from './read-json.ts'

/**
 * What is stored of a member beside identifiers: `firstName`, `lastName`, `loyaltyType`, `commChannels` (as JSON),
 * `fields.<name>` and `extendedFields.<name>`. One shape for both versions of the API.
 */
export type Fields = Readonly<Record<string, string>>

/** Of a body of `POST /v2/customers` or `PUT /v2/customers/lookup`. */
export function fieldsOfV2(body: JsonRecord): Fields {
  const profile = asRecord(asList(body['profiles'])[0]) ?? {}
  const fields: Record<string, string> = {
    ...named(profile, { firstName: 'firstName', lastName: 'lastName' }),
    ...named(asRecord(body['loyaltyInfo']) ?? {}, { loyaltyType: 'loyaltyType' }),
  }
  if (profile['commChannels'] !== undefined) fields['commChannels'] = JSON.stringify(profile['commChannels'])
  for (const [part, values] of [
    ['fields', profile['fields']],
    ['extendedFields', body['extendedFields']],
  ] as const) {
    for (const [name, value] of Object.entries(asRecord(values) ?? {})) fields[`${part}.${name}`] = textOf(value)
  }
  return fields
}

/** Of one element of `root.customer`. */
export function fieldsOfV1(customer: JsonRecord): Fields {
  const fields = named(customer, { firstname: 'firstName', lastname: 'lastName', type: 'loyaltyType' })
  if (customer['commChannels'] !== undefined) fields['commChannels'] = JSON.stringify(customer['commChannels'])
  for (const [part, block] of [
    ['fields', customer['custom_fields']],
    ['extendedFields', customer['extended_fields']],
  ] as const) {
    for (const { name, value } of v1Fields(block)) fields[`${part}.${name}`] = value
  }
  return fields
}

/** The names and values of a V1 block `{"field":[{"name":…,"value":…}]}`; a single one may be an object. */
function v1Fields(block: Json | undefined): { readonly name: string; readonly value: string }[] {
  const field = asRecord(block)?.['field']
  const list = asRecord(field) === undefined ? asList(field) : [field ?? null]
  return list.flatMap((entry) => {
    const record = asRecord(entry)
    const name = asText(record?.['name'])
    return name === '' ? [] : [{ name, value: textOf(record?.['value']) }]
  })
}

/** How many values of a body are empty texts or null. */
export function countEmpty(value: Json): number {
  if (value === '' || value === null) return 1
  if (typeof value !== 'object') return 0
  return Object.values(value).reduce((sum: number, inner: Json) => sum + countEmpty(inner), 0)
}

/**
 * A stored value as the API shows it: enums begin with a capital, and dates come with hyphens, or with a time behind
 * them where a member is read.
 */
export function shown(name: string, value: string, where: 'add' | 'get'): string {
  if (name === 'gender' || name === 'marital_status')
    return value.slice(0, 1).toUpperCase() + value.slice(1).toLowerCase()
  const [, year, month, day] = /^(\d{4})[/-](\d{2})[/-](\d{2})$/.exec(value) ?? []
  if (year === undefined) return value
  return `${year}-${month}-${day}${where === 'get' ? ' 00:00:00' : ''}`
}

function named(record: JsonRecord, names: Readonly<Record<string, string>>): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [name, own] of Object.entries(names)) {
    if (record[name] !== undefined) fields[own] = textOf(record[name])
  }
  return fields
}

function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : JSON.stringify(value)
}
