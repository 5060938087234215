import type { Identifier } from '../../model.ts'
import type { ExpectedMember } from '../lane.ts'
import type { BalanceRequest } from './balance-request.ts'

/** The look-ups that show whether a member is there, with its points: undefined where there is none to ask by. */
export function lookForMember(member: ExpectedMember): BalanceRequest | undefined {
  const { identifiers, source = 'ALL', accountId, balances, customerId, uncertain } = member
  const lookUps = lookUpsBy(identifiers)
  if (lookUps.length === 0) return undefined
  return { source, ...(accountId !== undefined && { accountId }), lookUps, balances, customerId, uncertain }
}

/** By the first identifier; where it finds nobody by all of them together, and then by each of the others. */
function lookUpsBy(identifiers: readonly Identifier[]): BalanceRequest['lookUps'] {
  // The id of the API's own is no identifier that this look-up takes.
  const known = identifiers.filter(({ type }) => type !== 'id')
  const [first, ...others] = known
  if (first === undefined) return []
  // Commas stand between identifiers.
  const together = known.filter(({ value }) => !value.includes(','))
  return [[first], ...(together.length > 1 ? [together] : []), ...others.map((identifier) => [identifier])]
}
