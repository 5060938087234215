import { dateLines } from './date-lines.ts'
import { value } from './plan-lines.ts'
import { type Columns, identifierColumns } from './record-columns.ts'

/** `tier:` of a proposed plan; nothing where no column names a partner program and its tier, or none a member. */
export function tierLines(columns: Columns): string[] {
  const { of, choices } = columns
  const [partner, tier, expiry] = [of('partner'), of('partnerTier'), of('partnerTierExpiry')]
  const who = identifierColumns(columns).at(-1)
  if (partner === undefined || tier === undefined || who === undefined) return []
  return [
    'tier:',
    `  customer: { ${who.type}: ${who.text} }`,
    '  partnerProgramUpdates:',
    `    - partnerProgramName: ${value(partner)}`,
    '      # Keep what these rows ask for, or name a column that says it.',
    '      updateType: UPGRADE or DOWNGRADE or RENEW',
    '      updateDetails:',
    `        updatedTierName: ${value(tier)}`,
    ...(expiry === undefined
      ? []
      : dateLines('updatedTierExpiryDate', expiry, { filter: 'datetime', choices }).map((line) => `        ${line}`)),
  ]
}
