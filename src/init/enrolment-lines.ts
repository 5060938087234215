import { shareRead } from '../plan/try-filter.ts'
import { type Choices, examplesOf } from './choices.ts'
import { numbersOf } from './country-ways.ts'
import { dateLines } from './date-lines.ts'
import { guessNumber } from './guess-format.ts'
import { noteOn, value } from './plan-lines.ts'
import type { Of } from './roles.ts'
import type { SampledColumn } from './sample-columns.ts'
import { flowText } from './yaml-text.ts'

/** An enrolment needs the number of a loyalty program, which no file tells: it is proposed as a comment. */
export function enrolmentLines(of: Of, choices: Choices): string[] {
  const [tier, points, expiry] = [of('tier'), of('points'), of('tierExpiry')]
  if (tier === undefined && points === undefined && expiry === undefined) return []
  const lines = [
    'loyaltyProgramEnrollments:',
    '  - programId: 0',
    ...(tier === undefined ? [] : [`    tierNumber: ${value(tier, tierFilter(tier))}`]),
    ...(points === undefined ? [] : numberLines('loyaltyPoints', points, choices).map((line) => `    ${line}`)),
    ...(expiry === undefined
      ? []
      : dateLines('tierExpiryDate', expiry, { filter: 'datetime', choices }).map((line) => `    ${line}`)),
  ]
  return [
    '# For a loyalty program, put its number in the place of 0 and take the # away.',
    ...lines.map((line) => `# ${line}`),
    ...(tier === undefined || isNumeric(tier) ? [] : tierNote(tier)),
  ]
}

function numberLines(field: string, column: SampledColumn, choices: Choices): string[] {
  const found = guessNumber(column.values)
  const left = found === undefined ? [] : numbersOf(found, choices.country)
  const ways =
    left.length < 2 || found === undefined
      ? left
      : choices.choose({
          column: column.name,
          text: 'How are these numbers written?',
          examples: examplesOf(column, [found.example]),
          choices: left.map((way) => ({ value: way, shown: way })),
        })
  const filter =
    found === undefined
      ? 'number'
      : ways
          .map((way) => `number ${way}`.trim())
          .join(' or ')
          .replaceAll(' or number ', ' or ')
  return [
    ...(found === undefined ? ['# its values do not look like numbers'] : noteOn({ ...found, choices: ways })),
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
