import type { Parameters } from '../model.ts'
import type { ApiRequest } from './exchange.ts'

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
