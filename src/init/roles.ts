import type { SampledColumn } from './sample-columns.ts'

/** What a column may be to the API. */
export type Role =
  | 'mobile'
  | 'email'
  | 'externalId'
  | 'firstName'
  | 'lastName'
  | 'born'
  | 'points'
  | 'tierExpiry'
  | 'tier'
  | 'partner'
  | 'membership'
  | 'partnerTier'
  | 'partnerTierExpiry'
  | 'extended'

/** By the name of a column, in English; the first that fits. Names are lower case with single spaces between words. */
const BY_NAME: readonly (readonly [role: Role, name: RegExp])[] = [
  ['email', /\be ?mail\b/],
  ['mobile', /\b(?:mobile|phone|cell|msisdn|whats ?app|telephone|tel|contact (?:no|number))\b/],
  ['partnerTierExpiry', /\bpartner (?:tier )?(?:expir|valid|until|end)/],
  ['partnerTier', /\bpartner (?:tier|level|status)\b/],
  ['membership', /\b(?:membership|partner) (?:id|no|number|code)\b/],
  ['partner', /\bpartner(?: program(?:me)?)?(?: name)?$/],
  [
    'externalId',
    /\b(?:external|member|customer|client|loyalty|crm|user|account|card)(?: ?card)? ?(?:id|no|number|code|key|ref)\b|^(?:id|code)$/,
  ],
  ['firstName', /\b(?:first|given|fore) ?name\b|^f ?name$|^(?:full |customer |member )?name$/],
  ['lastName', /\b(?:last|family) ?name\b|\bsurname\b|^l ?name$/],
  ['born', /\b(?:dob|born|birth(?: ?(?:date|day))?)\b/],
  ['tierExpiry', /\b(?:tier|card|level|membership) (?:expir|valid|until|end)/],
  ['points', /\b(?:points?|balance)\b/],
  ['tier', /\b(?:tier|level|grade|card|slab)\b/],
  [
    'extended',
    /\b(?:city|town|state|country|gender|sex|zip|pin ?code|postal ?code|postcode|area|region|language|occupation|nationality)\b/,
  ],
]

const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/
const PHONE = /^[+(]?\d[\d\s()./-]{6,18}\d$/

/**
 * What the columns of a file are, each role once: by name first, and by content where a name says nothing (an address
 * with an @ is an e-mail, whatever its column is called). `extended` may be several.
 */
export function recogniseColumns(columns: readonly SampledColumn[]): ReadonlyMap<SampledColumn, Role> {
  const roles = new Map<SampledColumn, Role>()
  const taken = new Set<Role>()
  const take = (column: SampledColumn, role: Role | undefined) => {
    if (role === undefined || taken.has(role) || roles.has(column)) return
    roles.set(column, role)
    if (role !== 'extended') taken.add(role)
  }
  const given = columns.filter(({ name, values }) => values.length > 0 && !name.startsWith('_'))
  for (const column of given) take(column, roleByName(column))
  for (const column of given) take(column, roleByContent(column))
  return roles
}

function roleByName({ name, values }: SampledColumn): Role | undefined {
  const words = wordsOf(name)
  const role = BY_NAME.find(([, pattern]) => pattern.test(words))?.[0]
  // A column of addresses is not the member's number, whatever its name.
  if (role !== 'email' && role !== undefined && shareOf(values, EMAIL) > 0.8) return undefined
  return role
}

function roleByContent({ values }: SampledColumn): Role | undefined {
  if (shareOf(values, EMAIL) > 0.8) return 'email'
  const looksLikePhones =
    shareOf(values, PHONE) > 0.9 && values.every((value) => value.replaceAll(/\D/g, '').length > 8)
  return looksLikePhones && !values.some((value) => /^\d{4}-\d\d-\d\d/.test(value)) ? 'mobile' : undefined
}

/** `memberNo.` and `MEMBER_NO` are `member no`. */
function wordsOf(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .trim()
}

function shareOf(values: readonly string[], pattern: RegExp): number {
  return values.filter((value) => pattern.test(value)).length / Math.max(values.length, 1)
}
