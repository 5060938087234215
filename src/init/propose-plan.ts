import { type Choices, examplesOf } from './choices.ts'
import { dateLines } from './date-lines.ts'
import { enrolmentLines } from './enrolment-lines.ts'
import { findEmpty } from './find-empty.ts'
import { linkLines } from './link-lines.ts'
import { type MobileReading, mobileLines, readMobiles } from './mobile-lines.ts'
import { commented, value } from './plan-lines.ts'
import { type Of, type Role, recogniseColumns } from './roles.ts'
import type { SampledColumn } from './sample-columns.ts'
import { commentText, flowText, plainText } from './yaml-text.ts'

/** What a proposal is about. */
export interface Proposed {
  /** As the user called it. */
  readonly file: string
  /** How many were looked at. */
  readonly rows: number
  /** How the file is written, as it stands between the braces of a plan's `rows: { }`. */
  readonly reading?: string | undefined
  readonly choices: Choices
}

/**
 * Proposes a plan for a file, as commented YAML: what the columns seem to be, mapped to the API's fields, and the rest as
 * comments. Where values can be read in two ways and nobody was asked, the plan holds both with an `or` between them; it
 * does not load before one of them is taken away, and says so.
 */
export function proposePlan(
  sampled: readonly SampledColumn[],
  { file, rows, reading: said, choices }: Proposed,
): string {
  const { columns, empty } = findEmpty(sampled)
  const reading = { said, empty }
  const path = commentText(file)
  const head = [
    `# A plan for ${path}, proposed from its columns and its first ${rows === 1 ? 'row' : `${rows} rows`}. Read it through, change what is wrong,`,
    `# then: rollcall check ${path} --plan <this file>. docs/plan.md has all that a plan may say.`,
  ]
  const lines = isApiShape(columns) ? apiLines(columns, reading) : memberLines(columns, reading, choices)
  return `${[...head, ...lines].join('\n')}\n`
}

/** Whether records have the form of the API's own body. */
function isApiShape(columns: readonly SampledColumn[]): boolean {
  return columns.some(({ name }) => /^profiles\.0\.identifiers\.0\.value$/.test(name))
}

function apiLines(columns: readonly SampledColumn[], reading: Reading): string[] {
  const key = columns.find(({ name }) => name === 'profiles.0.identifiers.0.value')
  return [
    ...rowsLines(key?.name, reading),
    'register:',
    ...commented('  body: ${.}', "the records have the API's own form"),
  ]
}

function memberLines(columns: readonly SampledColumn[], reading: Reading, choices: Choices): string[] {
  const roles = new Map(recogniseColumns(columns))
  nameMember(columns, roles, choices)
  const of = (role: Role) => columns.find((column) => roles.get(column) === role)
  const mobile = of('mobile')
  const phones = mobile === undefined ? undefined : readMobiles(mobile, columns, choices)
  const rest = columns.filter((column) => !roles.has(column) && !column.name.startsWith('_'))
  const key = of('externalId') ?? mobile ?? of('email')
  return [
    ...rowsLines(key?.name, reading),
    'register:',
    '  body:',
    '    profiles:',
    ...nameLines(of).map((line, at) => `      ${at === 0 ? '- ' : '  '}${line}`),
    ...identifierLines(of, phones).map((line) => `        ${line}`),
    ...commented('        source: INSTORE', 'where these members are registered'),
    ...extendedLines(columns, roles, choices).map((line) => `    ${line}`),
    ...enrolmentLines(of, choices).map((line) => `    ${line}`),
    ...linkLines(of, phones?.filter, choices),
    ...(rest.length === 0 ? [] : ['# Columns that are not used:', ...rest.map(restLine)]),
  ]
}

/** Where no column looks like an identifier, it is asked which one is. */
function nameMember(columns: readonly SampledColumn[], roles: Map<SampledColumn, Role>, choices: Choices): void {
  const found = new Set(roles.values())
  if (found.has('mobile') || found.has('email') || found.has('externalId')) return
  const possible = columns.filter(({ name, values }) => values.length > 0 && !name.startsWith('_'))
  const [only, ...others] = choices.choose({
    column: '',
    text: 'No column looks like a mobile, an e-mail or an id. Which one names a member?',
    examples: [],
    choices: [...possible.map((column) => ({ value: column.name, shown: examplesOf(column).join(', ') })), NONE],
  })
  const column = possible.find(({ name }) => name === only)
  if (column !== undefined && others.length === 0) roles.set(column, 'externalId')
}

const NONE = { value: '', shown: 'none of them' }

/** How the file is written, as it was said, and the words that stand for nothing in it. */
interface Reading {
  readonly said: string | undefined
  readonly empty: readonly string[]
}

function rowsLines(key: string | undefined, { said, empty }: Reading): string[] {
  const what = 'names a member in every report'
  const texts = `[${empty.map(flowText).join(', ')}]`
  const isLeft = empty.length > 0 && !/\bempty *:/.test(said ?? '')
  if (said !== undefined) {
    const reading = isLeft ? `${said}, empty: ${texts}` : said
    return key === undefined
      ? [`rows: { ${reading} }`]
      : commented(`rows: { ${reading}, key: ${flowText(plainText(key))} }`, `key ${what}`)
  }
  const lines = [
    ...(key === undefined ? [] : commented(`  key: ${plainText(key)}`, what)),
    ...(isLeft ? commented(`  empty: ${texts}`, 'cells that hold just this are empty') : []),
  ]
  return lines.length === 0 ? [] : ['rows:', ...lines]
}

function nameLines(of: Of): string[] {
  const [first, last] = [of('firstName'), of('lastName')]
  const part = first === undefined || last !== undefined ? '' : `for a part of it: ${value(first, "split ' ' 1")}`
  return [
    ...(first === undefined ? [] : commented(`firstName: ${value(first)}`, part)),
    ...(last === undefined ? [] : [`lastName: ${value(last)}`]),
    'identifiers:',
  ]
}

function identifierLines(of: Of, phones: MobileReading | undefined): readonly string[] {
  const [mobile, email, externalId] = [of('mobile'), of('email'), of('externalId')]
  const lines = [
    ...(mobile === undefined || phones === undefined ? [] : mobileLines(mobile, phones)),
    ...(email === undefined ? [] : [`  - { type: email, value: ${flowText(value(email, 'lower'))} }`]),
    ...(externalId === undefined ? [] : [`  - { type: externalId, value: ${flowText(value(externalId))} }`]),
  ]
  if (lines.length > 0) return lines
  return [
    '  # No column looks like a mobile, an e-mail or an id. A member needs one of them:',
    '  - { type: externalId, value: "" }',
  ]
}

/** Fields of the organisation's own: each name once. */
function extendedLines(
  columns: readonly SampledColumn[],
  roles: ReadonlyMap<SampledColumn, Role>,
  choices: Choices,
): string[] {
  const fields = new Map<string, SampledColumn>()
  for (const column of columns) {
    const role = roles.get(column)
    const name = role === 'extended' ? fieldName(column.name) : role !== undefined && OWN.has(role) ? role : undefined
    if (name !== undefined && !fields.has(name)) fields.set(name, column)
  }
  const born = columns.find((column) => roles.get(column) === 'born')
  const lines = [
    ...Array.from(fields, ([name, column]) => `  ${name}: ${value(column)}`),
    ...(born === undefined ? [] : dateLines('dob', born, { filter: 'date', choices }).map((line) => `  ${line}`)),
  ]
  return lines.length === 0
    ? []
    : [...commented('extendedFields:', 'the names are those of your organisation'), ...lines]
}

const OWN: ReadonlySet<Role> = new Set<Role>(['city', 'gender', 'zip', 'country', 'state'])

function restLine({ name, values }: SampledColumn): string {
  return values.length === 0 ? `#   ${commentText(name)} (empty in these rows)` : `#   ${commentText(name)}`
}

/** A column's name in small letters, with `_` between words; of a path its last name. */
function fieldName(column: string): string {
  const last = /(?<=\.)[^.\d][^.]*$/.exec(column)?.[0] ?? column
  return plainText(
    last
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\d]+/gu, '_'),
  )
}
