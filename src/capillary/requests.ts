import type { BalanceRequest, Json, LinkRequest, Parameters, RegisterRequest } from '../model.ts'
import { fieldOf, isList, textOf } from './coerce.ts'
import type { ApiRequest } from './exchange.ts'

/** The API takes at most this many customers in one link request (capillary-facts.md, section 1). */
export const maxLinkRows = 50

/** `POST /v2/customers` for one row. */
export function registerRequest({ body, headers, query }: RegisterRequest): ApiRequest {
  return { method: 'POST', path: '/v2/customers', body, headers, query }
}

/** `POST /v2/partnerProgram/linkCustomer` for rows whose headers and query are equal: the first row's are sent. */
export function linkRequest(rows: readonly LinkRequest[]): ApiRequest {
  const linkCustomers = rows.map(({ customer, linkToPartnerPrograms }) => ({ customer, linkToPartnerPrograms }))
  const { headers, query } = rows[0] ?? {}
  return { method: 'POST', path: '/v2/partnerProgram/linkCustomer', body: { linkCustomers }, headers, query }
}

export interface CustomerKey {
  readonly source: string
  /** Sources with several accounts need it. */
  readonly accountId?: string
  readonly identifierName: string
  readonly identifierValue: string
}

/** `GET /v2/customers/lookup`: the id of the member with an identifier in a source. */
export function customerLookup({ source, accountId, identifierName, identifierValue }: CustomerKey): ApiRequest {
  const account: Parameters = accountId === undefined ? {} : { accountId }
  return { method: 'GET', path: '/v2/customers/lookup', query: { source, ...account, identifierName, identifierValue } }
}

/**
 * `GET /v2/customers/lookup/points/balance`: the member and the points in the program that is asked for next, or over
 * all of them. Several identifiers are comma-separated, in the same order (points-balance.txt).
 */
export function balanceRequest({ source, accountId, lookUps, balances }: BalanceRequest): ApiRequest {
  const identifiers = lookUps[0] ?? []
  const { programId } = balances.find(({ found }) => found === undefined) ?? {}
  return {
    method: 'GET',
    path: '/v2/customers/lookup/points/balance',
    query: {
      source,
      ...(accountId !== undefined && { accountId }),
      identifierName: identifiers.map(({ type }) => type).join(','),
      identifierValue: identifiers.map(({ value }) => value).join(','),
      ...(programId === undefined ? { fetchDataForAllPrograms: 'true' } : { programId }),
    },
  }
}

/**
 * Every look-up that could find the member of a registration, likeliest first: the identifiers of its first profile,
 * in their order. Empty where the body names no source or no identifier.
 */
export function customerLookupsFor({ body, query }: RegisterRequest): readonly ApiRequest[] {
  const profiles = fieldOf(body, 'profiles')
  const profile = isList(profiles) ? profiles[0] : profiles
  const source = textOf(fieldOf(profile, 'source')) ?? query?.source
  const accountId = textOf(fieldOf(profile, 'accountId')) ?? query?.accountId
  const identifiers = fieldOf(profile, 'identifiers')
  if (source === undefined || !isList(identifiers)) return []
  return identifiers.flatMap((identifier: Json) => {
    const identifierName = textOf(fieldOf(identifier, 'type'))
    const identifierValue = textOf(fieldOf(identifier, 'value'))
    if (identifierName === undefined || identifierValue === undefined) return []
    return [customerLookup({ source, accountId, identifierName, identifierValue })]
  })
}
