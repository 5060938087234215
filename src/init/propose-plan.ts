import { guessCountries } from '../plan/phone-countries.ts'
import { shareRead } from '../plan/try-filter.ts'
import { dateLines } from './date-lines.ts'
import { guessNumber } from './guess-format.ts'
import { noteOn, percent, value } from './plan-lines.ts'
import { type Role, recogniseColumns } from './roles.ts'
import type { SampledColumn } from './sample-columns.ts'
import { commentText, flowText, plainText } from './yaml-text.ts'

/** Phones that are looked at: each is tried as a number of every country. */
const PHONES_TRIED = 60

/**
 * Proposes a plan for a file, as commented YAML: what the columns seem to be, mapped to the API's fields, and the rest as
 * comments. Where values can be read in two ways, the plan holds both with an `or` between them; it does not load
 * before one of them is taken away, and says so. `file`: as the user called it; `rows`: how many were looked at;
 * `reading`: how the file is written, as it stands between the braces of a plan's `rows: { }`.
 */
export function proposePlan(
  columns: readonly SampledColumn[],
  { file, rows, reading }: { file: string; rows: number; reading?: string | undefined },
): string {
  const roles = recogniseColumns(columns)
  const of = (role: Role) => columns.find((column) => roles.get(column) === role)
  const identifiers = identifierLines(of)
  const rest = columns.filter((column) => !roles.has(column) && !column.name.startsWith('_'))
  const key = of('externalId') ?? of('mobile') ?? of('email')
  const path = commentText(file)
  const lines = [
    `# A plan for ${path}, proposed from its columns and its first ${rows === 1 ? 'row' : `${rows} rows`}. Read it through, change what is wrong,`,
    `# then: rollcall check ${path} --plan <this file>. docs/plan.md has all that a plan may say.`,
    ...rowsLines(key?.name, reading),
    'register:',
    '  body:',
    '    profiles:',
    ...nameLines(of).map((line, at) => `      ${at === 0 ? '- ' : '  '}${line}`),
    ...identifiers.map((line) => `        ${line}`),
    ...commented('        source: INSTORE', 'where these members are registered'),
    ...extendedLines(columns, roles, of).map((line) => `    ${line}`),
    ...enrolmentLines(of).map((line) => `    ${line}`),
    ...linkLines(of),
    ...(rest.length === 0 ? [] : ['# Columns that are not used:', ...rest.map(restLine)]),
  ]
  return `${lines.join('\n')}\n`
}

function rowsLines(key: string | undefined, reading: string | undefined): string[] {
  const what = 'names a member in every report'
  if (reading !== undefined) {
    return key === undefined
      ? [`rows: { ${reading} }`]
      : commented(`rows: { ${reading}, key: ${flowText(plainText(key))} }`, `key ${what}`)
  }
  return key === undefined ? [] : ['rows:', ...commented(`  key: ${plainText(key)}`, what)]
}

type Of = (role: Role) => SampledColumn | undefined

function nameLines(of: Of): string[] {
  const [first, last] = [of('firstName'), of('lastName')]
  const lines = [
    ...(first === undefined
      ? []
      : commented(
          `firstName: ${value(first)}`,
          first && last === undefined ? `for a part of it: ${value(first, "split ' ' 1")}` : '',
        )),
    ...(last === undefined ? [] : [`lastName: ${value(last)}`]),
  ]
  return [...lines, 'identifiers:']
}

function identifierLines(of: Of): string[] {
  const [mobile, email, externalId] = [of('mobile'), of('email'), of('externalId')]
  const lines = [
    ...(mobile === undefined ? [] : mobileLines(mobile)),
    ...(email === undefined ? [] : [`  - { type: email, value: ${flowText(value(email, 'lower'))} }`]),
    ...(externalId === undefined ? [] : [`  - { type: externalId, value: ${flowText(value(externalId))} }`]),
  ]
  if (lines.length > 0) return lines
  return [
    '  # No column looks like a mobile, an e-mail or an id. A member needs one of them:',
    '  - { type: externalId, value: "" }',
  ]
}

function mobileLines(mobile: SampledColumn): string[] {
  const numbers = mobile.values.slice(0, PHONES_TRIED)
  const [best, ...others] = guessCountries(numbers)
  const line = (filter: string) => `  - { type: mobile, value: ${flowText(value(mobile, filter))} }`
  if (best === undefined || best.share < 0.5) {
    return [
      `  # These do not look like phone numbers of any one country: write the country of yours.`,
      line('phone IN or US'),
    ]
  }
  const alike = others.filter(({ share }) => share >= best.share && best.share > 0).slice(0, 3)
  const share = percent(best.share)
  if (alike.length === 0) {
    return [
      `  # ${share} of the first ${numbers.length} are mobiles of ${nameOf(best.country)}.`,
      line(`phone ${best.country}`),
    ]
  }
  const countries = [best, ...alike].map(({ country }) => country)
  return [
    `  # These may be numbers of ${countries.map(nameOf).join(' or ')}: keep the country they are of, take the others away.`,
    line(`phone ${countries.join(' or ')}`),
  ]
}

function extendedLines(columns: readonly SampledColumn[], roles: ReadonlyMap<SampledColumn, Role>, of: Of): string[] {
  const born = of('born')
  const lines = [
    ...columns
      .filter((column) => roles.get(column) === 'extended')
      .map((column) => `  ${fieldName(column.name)}: ${value(column)}`),
    ...(born === undefined ? [] : dateLines('dob', born, 'date').map((line) => `  ${line}`)),
  ]
  return lines.length === 0
    ? []
    : [...commented('extendedFields:', 'the names are those of your organisation'), ...lines]
}

/** An enrolment needs the number of a loyalty program, which no file tells: it is proposed as a comment. */
function enrolmentLines(of: Of): string[] {
  const [tier, points, expiry] = [of('tier'), of('points'), of('tierExpiry')]
  if (tier === undefined && points === undefined && expiry === undefined) return []
  const lines = [
    'loyaltyProgramEnrollments:',
    '  - programId: 0',
    ...(tier === undefined ? [] : [`    tierNumber: ${value(tier, tierFilter(tier))}`]),
    ...(points === undefined ? [] : numberLines('loyaltyPoints', points).map((line) => `    ${line}`)),
    ...(expiry === undefined ? [] : dateLines('tierExpiryDate', expiry, 'datetime').map((line) => `    ${line}`)),
  ]
  return [
    '# For a loyalty program, put its number in the place of 0 and take the # away.',
    ...lines.map((line) => `# ${line}`),
    ...(tier === undefined || isNumeric(tier) ? [] : tierNote(tier)),
  ]
}

function numberLines(field: string, column: SampledColumn): string[] {
  const guess = guessNumber(column.values)
  const filter =
    guess === undefined
      ? 'number'
      : guess.choices
          .map((choice) => `number ${choice}`.trim())
          .join(' or ')
          .replaceAll(' or number ', ' or ')
  return [
    ...(guess === undefined ? ['# its values do not look like numbers'] : noteOn(guess)),
    `${field}: ${value(column, filter)}`,
  ]
}

function isNumeric({ values }: SampledColumn): boolean {
  return shareRead('number', [], values) > 0.8
}

function tierFilter(tier: SampledColumn): string {
  return isNumeric(tier) ? 'number' : 'map tiers'
}

/** Which tier is which number, only the organisation knows. */
function tierNote(tier: SampledColumn): string[] {
  const names = [...new Set(tier.values)].slice(0, 20)
  return [
    '# and, at the very left of this file, with the number of each tier:',
    `# tables: { tiers: { ${names.map((name) => `${flowText(name)}: 0`).join(', ')} } }`,
  ]
}

function linkLines(of: Of): string[] {
  const [partner, membership] = [of('partner'), of('membership')]
  const [tier, expiry] = [of('partnerTier'), of('partnerTierExpiry')]
  const who = (
    [
      ['externalId', 'externalId'],
      ['mobile', 'mobile'],
      ['email', 'email'],
    ] as const
  ).find(([role]) => of(role) !== undefined)
  const column = who === undefined ? undefined : of(who[0])
  if (partner === undefined || who === undefined || column === undefined) return []
  const filter = who[0] === 'mobile' ? mobileFilter(column) : who[0] === 'email' ? 'lower' : undefined
  const reference = [
    ...(membership === undefined ? [] : [`        partnerMembershipId: ${value(membership)}`]),
    ...(tier === undefined ? [] : [`        partnerTierName: ${value(tier)}`]),
    ...(expiry === undefined
      ? []
      : dateLines('partnerTierExpiryDate', expiry, 'datetime').map((line) => `        ${line}`)),
  ]
  return [
    ...commented('link:', 'take this part out to register only'),
    `  customer: { ${who[1]}: ${flowText(value(column, filter))} }`,
    '  linkToPartnerPrograms:',
    `    - partnerProgramName: ${value(partner)}`,
    ...(reference.length === 0 ? [] : ['      customerPartnerReference:', ...reference]),
  ]
}

function mobileFilter(mobile: SampledColumn): string {
  const line = mobileLines(mobile).at(-1) ?? ''
  return /\| (phone [^}]*)\}/.exec(line)?.[1] ?? 'phone IN or US'
}

function restLine({ name, values }: SampledColumn): string {
  return values.length === 0 ? `#   ${commentText(name)} (empty in these rows)` : `#   ${commentText(name)}`
}

function fieldName(column: string): string {
  return plainText(
    column
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\d]+/gu, '_'),
  )
}

function commented(line: string, comment: string): string[] {
  return [comment === '' ? line : `${line}   # ${comment}`]
}

function nameOf(country: string): string {
  return new Intl.DisplayNames('en', { type: 'region' }).of(country) ?? country
}
