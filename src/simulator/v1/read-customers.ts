import type { Json } from '../../model.ts'
import { isValid, normalise } from '../identifiers.ts'
import type { Identifier } from '../identifiers.ts'
import { asList, asRecord, asText, parseJson } from '../read-json.ts'
import type { JsonRecord } from '../read-json.ts'

/** One element of `root.customer`. */
export interface Applicant {
  readonly record: JsonRecord
  /** What was said of who it is, empty texts left out. */
  readonly asSent: readonly Identifier[]
  readonly identifiers: readonly Identifier[]
  readonly externalId: string
  /** The code of the identifier that cannot be one. */
  readonly problem: number | undefined
}

/** The members of a V1 request: a list, or a single one (capillary-facts-2.md, A1). Undefined where there are none. */
export function readApplicants(text: string): readonly Applicant[] | undefined {
  const customer = asRecord(asRecord(parseJson(text))?.['root'])?.['customer']
  const list = asRecord(customer) === undefined ? asList(customer) : [customer ?? null]
  const records = list.map(asRecord)
  if (records.length === 0 || records.some((record) => record === undefined)) return undefined
  return records.map((record) => readApplicant(record ?? {}))
}

function readApplicant(record: JsonRecord): Applicant {
  const asSent = TYPES.map(([type, name]) => ({ type, value: textOf(record[name]) })).filter(
    ({ value }) => value !== '',
  )
  const identifiers = asSent.map(({ type, value }) => normalise(type, value))
  const bad = identifiers.find((identifier) => !isAllowed(identifier))
  return {
    record,
    asSent,
    identifiers,
    externalId: identifiers.find(({ type }) => type === 'externalId')?.value ?? '',
    problem: bad === undefined ? undefined : BAD[bad.type],
  }
}

// Mobiles are digits: the documents send them as texts and as numbers.
function textOf(value: Json | undefined): string {
  return asText(value).trim()
}

function isAllowed(identifier: Identifier): boolean {
  return isValid(identifier) && (identifier.type !== 'externalId' || identifier.value.length <= 250)
}

const TYPES = [
  ['mobile', 'mobile'],
  ['email', 'email'],
  ['externalId', 'external_id'],
] as const

const BAD: Readonly<Record<string, number>> = { mobile: 1001, email: 1002, externalId: 1003 }
