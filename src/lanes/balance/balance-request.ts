import type { ApiRequest } from '../../capillary/exchange.ts'
import type { Balance, Identifier } from '../../model.ts'

/** One member to be looked up on `GET /v2/customers/lookup/points/balance`, and what is expected of it. */
export type BalanceRequest = {
  readonly source: string
  readonly accountId?: string
  /** Identifiers to ask by, those of one request together: where one finds nobody, the next may. */
  readonly lookUps: readonly (readonly Identifier[])[]
  /** Balances to ask for, one a request; those that were found come first. */
  readonly balances: readonly Balance[]
  /** The customer id that the run recorded. */
  readonly customerId?: string
  /** The run got no final answer: nobody knows whether the member is there. */
  readonly uncertain: boolean
  /** The customer id that the first look-up found. */
  readonly foundId?: string
  /** Why the look-ups before this one found nobody. */
  readonly refusal?: { readonly code?: number; readonly message: string; readonly hint?: string }
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
