import type { Choices } from './choices.ts'
import { dateLines } from './date-lines.ts'
import { commented, value } from './plan-lines.ts'
import type { Of } from './roles.ts'
import { flowText } from './yaml-text.ts'

/** The link lane, where a column names partner programs and another one the member. `phone`: what gives the mobile. */
export function linkLines(of: Of, phone: string | undefined, choices: Choices): string[] {
  const [partner, membership] = [of('partner'), of('membership')]
  const [tier, expiry] = [of('partnerTier'), of('partnerTierExpiry')]
  const who = (['externalId', 'mobile', 'email'] as const).find((role) => of(role) !== undefined)
  const column = who === undefined ? undefined : of(who)
  if (partner === undefined || who === undefined || column === undefined) return []
  const member = who === 'mobile' && phone !== undefined ? phone : value(column, who === 'email' ? 'lower' : undefined)
  const reference = [
    ...(membership === undefined ? [] : [`        partnerMembershipId: ${value(membership)}`]),
    ...(tier === undefined ? [] : [`        partnerTierName: ${value(tier)}`]),
    ...(expiry === undefined
      ? []
      : dateLines('partnerTierExpiryDate', expiry, { filter: 'datetime', choices }).map((line) => `        ${line}`)),
  ]
  return [
    ...commented('link:', 'take this part out to register only'),
    `  customer: { ${who}: ${flowText(member)} }`,
    '  linkToPartnerPrograms:',
    `    - partnerProgramName: ${value(partner)}`,
    ...(reference.length === 0 ? [] : ['      customerPartnerReference:', ...reference]),
  ]
}
