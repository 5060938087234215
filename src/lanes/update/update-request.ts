import type { ApiRequest } from '../../capillary/exchange.ts'
import type { Identifier, Json, Parameters } from '../../model.ts'

/** One `PUT /v2/customers/lookup`. */
export type UpdateRequest = {
  /** What the member is asked by. */
  readonly by: Identifier
  readonly source: string
  readonly body: Json
  readonly headers?: Parameters
  readonly query?: Parameters
}

/** Changes the member with that identifier, without asking for its id before (capillary-facts-2.md, B1). */
export function updateRequest({ by, source, body, headers, query }: UpdateRequest): ApiRequest {
  return {
    method: 'PUT',
    path: '/v2/customers/lookup',
    query: { ...query, source, identifierName: by.type, identifierValue: by.value },
    headers,
    body,
  }
}
