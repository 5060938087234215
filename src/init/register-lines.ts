import { dateLines } from './date-lines.ts'
import { enrolmentLines } from './enrolment-lines.ts'
import { commented, value } from './plan-lines.ts'
import { type Columns, NO_IDENTIFIER, extendedFields, identifierColumns, isLastFirst } from './record-columns.ts'
import type { Of } from './roles.ts'

/** `register:` of a proposed plan. */
export function registerLines(columns: Columns): string[] {
  const { of, choices } = columns
  const profile = [...nameLines(of), 'identifiers:', ...identifierLines(columns)]
  return [
    'register:',
    '  body:',
    '    profiles:',
    ...profile.map((line, at) => `      ${at === 0 ? '- ' : '  '}${line}`),
    ...commented('        source: INSTORE', 'where these members are registered'),
    ...extendedLines(columns).map((line) => `    ${line}`),
    ...enrolmentLines(of, choices).map((line) => `    ${line}`),
  ]
}

/** First and last name, by version 2's names. */
export function nameLines(of: Of): string[] {
  const [first, last] = [of('firstName'), of('lastName')]
  if (first !== undefined && last === undefined && isLastFirst(first)) {
    return [`firstName: ${value(first, 'split , 2')}`, `lastName: ${value(first, 'split , 1')}`]
  }
  const part = first === undefined || last !== undefined ? '' : `for a part of it: ${value(first, "split ' ' 1")}`
  return [
    ...(first === undefined ? [] : commented(`firstName: ${value(first)}`, part)),
    ...(last === undefined ? [] : [`lastName: ${value(last)}`]),
  ]
}

function identifierLines(columns: Columns): readonly string[] {
  const identifiers = identifierColumns(columns)
  if (identifiers.length === 0) return [`  ${NO_IDENTIFIER}`, '  - { type: externalId, value: "" }']
  return identifiers.flatMap(({ type, text, comment }) => [
    ...(comment === undefined ? [] : [`  ${comment}`]),
    `  - { type: ${type}, value: ${text} }`,
  ])
}

/** `extendedFields:` of a body of version 2. */
export function extendedLines(columns: Columns): string[] {
  const { of, choices } = columns
  const born = of('born')
  const lines = [
    ...Array.from(extendedFields(columns), ([name, column]) => `  ${name}: ${value(column)}`),
    ...(born === undefined ? [] : dateLines('dob', born, { filter: 'date', choices }).map((line) => `  ${line}`)),
  ]
  if (lines.length === 0) return []
  // With comments alone below it, it would be null.
  const isEmpty = lines.every((line) => line.trimStart().startsWith('#'))
  return [
    ...commented(isEmpty ? '# extendedFields:' : 'extendedFields:', 'the names are those of your organisation'),
    ...lines,
  ]
}
