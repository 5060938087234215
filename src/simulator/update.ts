import type { Json } from '../model.ts'
import type { Account } from './account.ts'
import { errorsAnswer, fixed, statusOf } from './answer.ts'
import type { Action, Answer } from './answer.ts'
import { countEmpty, fieldsOfV2 } from './fields.ts'
import type { Fields } from './fields.ts'
import { isValid, keyOf, normalise } from './identifiers.ts'
import type { Identifier } from './identifiers.ts'
import { readIdentifiers } from './look-up.ts'
import type { Member } from './member.ts'
import { namedError, namedWarning } from './named.ts'
import type { OrgSettings } from './org.ts'
import { asList, asRecord, asText, parseJson } from './read-json.ts'
import type { JsonRecord } from './read-json.ts'
import { SOURCES, WARNINGS } from './texts.ts'

interface UpdateWorld {
  readonly account: Account
  readonly org: OrgSettings
  readonly businessStatus: number
}

/** What `PUT /v2/customers/lookup` will do (capillary-facts-2.md, B1). */
export function updateCustomer(
  request: { readonly text: string; readonly query: URLSearchParams },
  { account, org, businessStatus }: UpdateWorld,
): Action {
  const body = asRecord(parseJson(request.text))
  if (body === undefined) return fixed(errorsAnswer(400, 400))
  account.counters.emptyValues += countEmpty(body)
  const asked = readIdentifiers(request.query)
  const refuse = (code: number): Answer => errorsAnswer(statusOf(code, businessStatus), code)
  return {
    keys: [...new Set([...asked.map(keyOf), ...asked.flatMap((one) => account.customerWith(one)?.key ?? [])])],
    perform(busy) {
      const source = request.query.get('source') ?? ''
      if (source === '') return refuse(8001)
      if (source !== 'ALL' && !SOURCES.has(source)) return refuse(3217)
      if (asked.length === 0) return refuse(8002)
      const named = asked.map(({ value }) => namedError(value, account, 'update')).find((code) => code !== undefined)
      if (named !== undefined) return refuse(named)
      if (busy.size > 0) {
        account.counters.busy += 1
        return refuse(521)
      }
      const customer = account.find(asked)
      if (customer === undefined) return refuse(8015)
      const type = asText(asRecord(body['loyaltyInfo'])?.['loyaltyType'])
      if (type === 'non_loyalty' && customer.fields?.['loyaltyType'] !== 'non_loyalty') return refuse(8018)
      const warnings = [
        ...asked.flatMap(({ value }) => namedWarning(value, 'update') ?? []),
        ...change(customer, body, { account, org }),
      ]
      const said = warnings.map((code) => ({ status: false, code, message: WARNINGS[code] ?? `Warning ${code}` }))
      return { status: 200, body: JSON.stringify({ createdId: customer.id, warnings: said, sideEffects: [] }) }
    },
  }
}

/** Changes the member. Gives the codes of the warnings. */
function change(customer: Member, body: JsonRecord, { account, org }: Pick<UpdateWorld, 'account' | 'org'>): number[] {
  const warnings: number[] = []
  const profile = asRecord(asList(body['profiles'])[0]) ?? {}
  for (const channel of typed(profile['commChannels'])) {
    if (!isValid(channel)) warnings.push(channel.type === 'email' ? 8057 : 8058)
  }
  for (const identifier of typed(profile['identifiers'])) {
    if (isValid(identifier)) warnings.push(...addIdentifier(customer, identifier, account))
    else warnings.push(identifier.type === 'email' ? 8055 : 8056)
  }
  // Points are credited, each time that they are sent.
  for (const enrolment of asList(body['loyaltyProgramEnrollments'])) {
    const points = Number(asText(asRecord(enrolment)?.['loyaltyPoints']))
    if (points > 0) account.addPoints(customer, points)
  }
  const before = JSON.stringify(customer.fields ?? {})
  customer.fields = written(customer.fields ?? {}, fieldsOfV2(body), org.put)
  customer.updates = (customer.updates ?? 0) + 1
  account.counters.updates += 1
  if (JSON.stringify(customer.fields) === before) account.counters.updatesInVain += 1
  return warnings
}

// Adding an identifier that somebody else has makes one account of the two, without asking.
function addIdentifier(customer: Member, identifier: Identifier, account: Account): number[] {
  const holder = account.customerWith(identifier)
  if (holder === customer) return []
  if (holder === undefined) {
    account.identify(customer, identifier)
    return []
  }
  account.takeIn(customer, holder)
  return [8051]
}

function written(before: Fields, sent: Fields, mode: OrgSettings['put']): Fields {
  if (mode === 'merge') return { ...before, ...sent }
  const { loyaltyType } = before
  return { ...(loyaltyType !== undefined && { loyaltyType }), ...sent }
}

function typed(value: Json | undefined): Identifier[] {
  return asList(value)
    .map((entry) => normalise(asText(asRecord(entry)?.['type']), asText(asRecord(entry)?.['value'])))
    .filter(({ type, value: text }) => type !== '' && text !== '')
}
