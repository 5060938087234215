import { dateLines } from './date-lines.ts'
import { commented, value } from './plan-lines.ts'
import { type Columns, NO_IDENTIFIER, extendedFields, identifierColumns, isLastFirst } from './record-columns.ts'
import type { Of } from './roles.ts'
import { commentText } from './yaml-text.ts'

/** `register-v1:` of a proposed plan. What becomes of who is there already has to be chosen: it does not load before. */
export function registerV1Lines(columns: Columns): string[] {
  const { of } = columns
  return [
    'register-v1:',
    '  batch: 10',
    '  # Keep one of the two. keep: who is there already is looked up first, and not sent. update: they are sent as well,',
    '  # and the API changes them, whoever it is that has one of the row’s identifiers (docs/which-lane.md).',
    '  existing: keep or update',
    '  customer:',
    ...[...identifierLines(columns), ...nameLines(of), ...fieldLines(columns)].map((line) => `    ${line}`),
    ...withoutField(of),
  ]
}

const V1_NAMES = { mobile: 'mobile', email: 'email', externalId: 'external_id' } as const

function identifierLines(columns: Columns): string[] {
  const identifiers = identifierColumns(columns)
  if (identifiers.length === 0) return [NO_IDENTIFIER, 'external_id: ""']
  return identifiers.flatMap(({ type, text, comment }) => [
    ...(comment === undefined ? [] : [comment]),
    `${V1_NAMES[type]}: ${text}`,
  ])
}

function nameLines(of: Of): string[] {
  const [first, last] = [of('firstName'), of('lastName')]
  if (first !== undefined && last === undefined && isLastFirst(first)) {
    return [`firstname: ${value(first, 'split , 2')}`, `lastname: ${value(first, 'split , 1')}`]
  }
  return [
    ...(first === undefined ? [] : [`firstname: ${value(first)}`]),
    ...(last === undefined ? [] : [`lastname: ${value(last)}`]),
  ]
}

function fieldLines(columns: Columns): string[] {
  const { of, choices } = columns
  const born = of('born')
  const lines = [
    ...Array.from(extendedFields(columns)).flatMap(([name, column]) => [
      `- name: ${name}`,
      `  value: ${value(column)}`,
    ]),
    ...(born === undefined
      ? []
      : ['- name: dob', ...dateLines('value', born, { filter: 'date', choices }).map((line) => `  ${line}`)]),
  ]
  if (lines.length === 0) return []
  return [
    ...commented('extended_fields:', 'the names are those of your organisation'),
    '  field:',
    ...lines.map((line) => `    ${line}`),
  ]
}

/** Points and tiers are a matter of version 2 (capillary-facts-2.md, A1). */
function withoutField(of: Of): string[] {
  const names = (['tier', 'points', 'tierExpiry'] as const).flatMap((role) => of(role)?.name ?? [])
  if (names.length === 0) return []
  return [`# V1 has no field for points or tiers, so these are not sent: ${commentText(names.join(', '))}.`]
}
