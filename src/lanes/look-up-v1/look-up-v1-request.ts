import { isAskable } from '../../capillary/v1/look-up-members.ts'
import type { Identifier } from '../../model.ts'
import type { ExpectedMember } from '../lane.ts'

/** A member to be looked up on `GET /v1.1/customer/get`, and what is expected of it. */
export type LookUpV1Request = {
  /** Identifiers to ask by, one a request: where one finds nobody, the next may. */
  readonly left: readonly Identifier[]
  readonly fields: Readonly<Record<string, string>>
  readonly balances: readonly never[]
  /** The customer id that the run recorded. */
  readonly customerId?: string
  /** The run got no final answer: nobody knows whether the member is there. */
  readonly uncertain: boolean
  /** It is asked for alone: a reply about several was not clear. */
  readonly alone?: boolean
  /** Why the look-ups before this one found nobody. */
  readonly refusal?: { readonly code?: number; readonly message: string; readonly hint?: string }
}

/** The look-ups that show whether a member is there, and as what: undefined where there is none to ask by. */
export function lookForRecord({
  identifiers,
  fields = {},
  customerId,
  uncertain,
}: ExpectedMember): LookUpV1Request | undefined {
  // By the external id first: today's documents no longer name the mobile (capillary-facts-2.md, A2).
  const left = ORDER.flatMap((type) =>
    identifiers.filter((identifier) => identifier.type === type && isAskable(identifier)),
  )
  return left.length === 0 ? undefined : { left, fields, balances: [], customerId, uncertain }
}

const ORDER = ['externalId', 'mobile', 'email', 'id']
