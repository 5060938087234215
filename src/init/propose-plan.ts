import type { LaneName } from '../model.ts'
import { type Choices, examplesOf } from './choices.ts'
import { findEmpty } from './find-empty.ts'
import { linkLines } from './link-lines.ts'
import { readMobiles } from './mobile-lines.ts'
import { commented } from './plan-lines.ts'
import { isPairedValue, mixedPairs } from './mixed-pairs.ts'
import type { Columns } from './record-columns.ts'
import { registerLines } from './register-lines.ts'
import { registerV1Lines } from './register-v1-lines.ts'
import { type Role, recogniseColumns } from './roles.ts'
import type { SampledColumn } from './sample-columns.ts'
import { tierLines } from './tier-lines.ts'
import { updateLines } from './update-lines.ts'
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
  /** Of `proposedLanes`; absent: as the columns show. */
  readonly lanes?: readonly LaneName[] | undefined
}

/**
 * Proposes a plan for a file, as commented YAML: what the columns seem to be, mapped to the API's fields, and the rest as
 * comments. Where values can be read in two ways and nobody was asked, the plan holds both with an `or` between them; it
 * does not load before one of them is taken away, and says so.
 */
export function proposePlan(sampled: readonly SampledColumn[], proposed: Proposed): string {
  const { file, rows, reading: said, choices, lanes } = proposed
  const { columns, empty } = findEmpty(sampled)
  const reading = { said, empty }
  const path = commentText(file)
  const head = [
    `# A plan for ${path}, proposed from its columns and its first ${rows === 1 ? 'row' : `${rows} rows`}. Read it through, change what is`,
    '# wrong, then check the file under it, which sends nothing. docs/plan.md has all that a plan may say.',
  ]
  const lines =
    isApiShape(columns) && lanes === undefined
      ? apiLines(columns, reading)
      : memberLines(columns, reading, { choices, lanes })
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

function memberLines(
  columns: readonly SampledColumn[],
  reading: Reading,
  { choices, lanes }: Pick<Proposed, 'choices' | 'lanes'>,
): string[] {
  const roles = new Map(recogniseColumns(columns))
  nameMember(columns, roles, choices)
  const of = (role: Role) => columns.find((column) => roles.get(column) === role)
  const mobile = of('mobile')
  const phones = mobile === undefined ? undefined : readMobiles(mobile, columns, choices)
  const rest = columns.filter(
    (column) => !roles.has(column) && column !== phones?.beside && !column.name.startsWith('_'),
  )
  const key = of('externalId') ?? mobile ?? of('email')
  const known: Choices = { ...choices, ofPhones: phones?.country }
  const proposed: Columns = { all: columns, roles, of, phones, choices: known }
  const asked = lanes ?? UNLESS_TOLD
  const parts = Object.entries(PROPOSALS).filter(([lane]) => asked.includes(lane))
  return [
    ...rowsLines(key?.name, reading),
    ...parts.flatMap(([lane, linesOf]) => {
      const lines = linesOf(proposed)
      return lines.length > 0 || lanes === undefined ? lines : unproposed(lane)
    }),
    ...(rest.length === 0 ? [] : ['# Columns that are not used:', ...restLines(rest, mixedPairs(columns))]),
  ]
}

/** The lanes that a plan can be proposed for, in the order in which they stand in it. */
const PROPOSALS: Readonly<Record<LaneName, (columns: Columns) => string[]>> = {
  register: registerLines,
  'register-v1': registerV1Lines,
  update: updateLines,
  link: ({ of, phones, choices }) => linkLines(of, phones?.text, choices),
  tier: tierLines,
}

export const proposedLanes: readonly LaneName[] = Object.keys(PROPOSALS)

/** What is proposed where nobody says which lanes: links only where a column names a partner program. */
const UNLESS_TOLD: readonly LaneName[] = ['register', 'link']

/** A lane that was asked for, and of which the columns show nothing. */
function unproposed(lane: LaneName): string[] {
  return [`# ${lane}: no column looks like a partner program; docs/plan.md says what stands here.`]
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
  const texts = `[${empty.map((text) => flowText(plainText(text))).join(', ')}]`
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

/** `mixed`: what is something else from row to row. */
function restLines(rest: readonly SampledColumn[], mixed: ReadonlySet<string>): string[] {
  return rest.map(({ name, values }) => {
    const note =
      values.length === 0
        ? ' (empty in these rows)'
        : mixed.has(name) && isPairedValue(name)
          ? MIXED
          : packedNote(values)
    return `#   ${commentText(name)}${note}`
  })
}

const MIXED = ' (its name beside it is another from row to row: make fields of such a list, as with jq’s from_entries)'

/** Queues and logs write a record into one field of another: what is a member's is in there. */
function packedNote(values: readonly string[]): string {
  return values.every(isPackedObject)
    ? ' (JSON written as text: export it with its fields as columns of their own, or unpack it, as with jq’s fromjson)'
    : ''
}

function isPackedObject(text: string): boolean {
  if (!text.startsWith('{')) return false
  try {
    return Object.keys(JSON.parse(text) as object).length > 0
  } catch {
    return false
  }
}
