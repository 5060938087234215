import { fieldOf, isList, textOf } from '../../capillary/coerce.ts'
import { customerLookup } from '../../capillary/customer-lookup.ts'
import type { ApiRequest } from '../../capillary/exchange.ts'
import type { Json, Parameters } from '../../model.ts'

/** The body of one `POST /v2/customers`. */
export type RegisterRequest = {
  readonly body: Json
  readonly headers?: Parameters
  readonly query?: Parameters
}

/** `POST /v2/customers` for one row. */
export function registerRequest({ body, headers, query }: RegisterRequest): ApiRequest {
  return { method: 'POST', path: '/v2/customers', body, headers, query }
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
