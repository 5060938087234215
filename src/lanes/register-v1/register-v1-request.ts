import { fieldOf, textOf } from '../../capillary/coerce.ts'
import type { ApiRequest } from '../../capillary/exchange.ts'
import type { FinalVerdict } from '../../capillary/verdict.ts'
import { isAskable } from '../../capillary/v1/look-up-members.ts'
import { V1_IDENTIFIERS } from '../../capillary/v1/read-v1-reply.ts'
import type { Identifier, Json, Parameters } from '../../model.ts'

/** Members in one request. No page gives the API's own number; other bulk calls of the platform take 200 at most. */
export const MOST_IN_BATCH = 200

/** One element of `root.customer` of `POST /v1.1/customer/add`, and how far its row has come. */
export type RegisterV1Request = {
  readonly customer: Json
  /** Who is there already is not to be changed: it is looked for before it is sent. */
  readonly keep: boolean
  readonly headers?: Parameters
  readonly query?: Parameters
  /** Absent: nothing was sent. */
  readonly progress?: Progress
}

export interface Progress {
  /** Looked for by all of its identifiers before it was sent, and not there. */
  readonly absent?: boolean
  /** It was sent, and whether that was carried out is not known. */
  readonly doubt?: boolean
  /** It is sent alone: a reply with a single item can be about nobody else. */
  readonly alone?: boolean
  /** It failed without a reason before. */
  readonly failed?: boolean
  /** It is being looked for. */
  readonly search?: Search
}

/** A row's member is being looked for. */
export interface Search {
  /** Identifiers that are still to be asked by. */
  readonly left: readonly Identifier[]
  readonly found: readonly Found[]
  /** What the API said of the row when it was sent, where that waits for what is found. */
  readonly said?: Said
  /** It is asked for alone: a reply about several was not clear. */
  readonly alone?: boolean
}

/**
 * `accepted`: the API took it; its id, or when its account was registered, is still to be found. `ifBefore`: the verdict
 * where that was before the run. `exists`: somebody has one of its identifiers, and who is not said.
 */
export type Said =
  | { readonly kind: 'accepted'; readonly verdict: FinalVerdict; readonly ifBefore?: FinalVerdict }
  | { readonly kind: 'exists'; readonly code?: number; readonly message: string; readonly hint?: string }

/** An account that has one of the row's identifiers. */
export interface Found {
  readonly id?: string
  /** Types of identifiers in which it is like the row, and in which it is not. */
  readonly same: readonly string[]
  readonly different: readonly string[]
  /** Fields that are not as the row has them. */
  readonly unlike: readonly string[]
  /** Fields of the row that the reply does not show. Absent in what an earlier rollcall found. */
  readonly unshown?: readonly string[]
  readonly registeredOn?: string
  /** Another account was taken in by this one, and it is that one which has the identifier. */
  readonly merged: boolean
}

/** `POST /v1.1/customer/add` for rows whose headers and query are equal: the first row's are sent. */
export function addRequest(rows: readonly RegisterV1Request[]): ApiRequest {
  const { headers, query } = rows[0] ?? {}
  return {
    method: 'POST',
    path: '/v1.1/customer/add',
    // Without `user_id` some replies hold no id (capillary-facts-2.md, A1).
    query: { user_id: 'true', ...query, format: 'json' },
    headers,
    body: { root: { customer: rows.map(({ customer }) => customer) } },
  }
}

/** Who a member of V1 is, by the types of version 2: `mobile`, `email` and `externalId`, as far as they have a value. */
export function identifiersIn(customer: Json): readonly Identifier[] {
  return V1_IDENTIFIERS.flatMap(([type, name]) => {
    const value = textOf(fieldOf(customer, name))
    return value === undefined ? [] : [{ type, value }]
  })
}

/** The search for a row's member from its beginning. */
export function newSearch({ customer }: RegisterV1Request, said?: Said): Search {
  return { left: identifiersIn(customer).filter(isAskable), found: [], ...(said !== undefined && { said }) }
}

/** The search that a row is in: begun, or to be begun before it may be sent. Undefined: it may be sent. */
export function searchOf(request: RegisterV1Request, ambiguous: boolean): Search | undefined {
  const { keep, progress } = request
  if (progress?.search !== undefined) return progress.search.left.length > 0 ? progress.search : undefined
  if (!keep || (progress?.absent === true && !ambiguous)) return undefined
  const search = newSearch(request)
  return search.left.length > 0 ? search : undefined
}
