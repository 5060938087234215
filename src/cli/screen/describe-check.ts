import type { CheckReport } from '../../app/check/check-file.ts'
import { emptyRule } from '../../app/check/check-file.ts'
import { describeSurvey } from '../../app/sync/sync-notification.ts'
import { countLines } from './counts.ts'
import { type ShownProblem, problemLines } from './problems.ts'
import type { Line } from './span.ts'
import { passedOverLines } from './passed-over-lines.ts'
import { commandOf } from '../../typed-commands.ts'
import { describeDuration, formatCount, plural } from '../../words.ts'

type Kind = CheckReport['problems'][number]
type FoundAt = Kind['places'][number]

const KINDS_SHOWN = 10

/**
 * What a check found, in words: the counts, each kind of problem with its places, what an import costs, what it sends.
 * `files`: as they were given.
 */
export function describeCheck(report: CheckReport, files: readonly string[]): readonly Line[] {
  const { lookalikes, left_out, problems, skips, repeats, losses, doubts, remarks, columns, first } = report
  return [
    `${report.file} under ${report.plan}: ${plural(report.rows, 'row')} read, nothing was sent.`,
    '',
    ...shownCounts(report),
    ...passedOverLines(report.passed_over),
    ...kindLines('What was taken for no identifier; these rows are sent without it:', left_out),
    ...kindLines('What makes rows invalid:', problems),
    ...kindLines('Why rows would be skipped:', skips),
    ...kindLines('Of a member who was there before, and sent all the same:', repeats),
    ...kindLines('What the API would cut, drop or refuse:', losses),
    ...kindLines('What is sent as it is read, and may not be meant so:', doubts, remarks),
    ...lookalikeLines(lookalikes),
    ...columnLines(columns),
    ...costLines(report),
    ...changeLines(report),
    ...Object.entries(first).flatMap(([lane, request]) => [
      '',
      `The first request to ${lane}:`,
      JSON.stringify(request, undefined, 2),
    ]),
    '',
    nextStep(report, files),
  ]
}

const MEANING = {
  ready: 'would be sent',
  invalid: 'would not be sent: the row does not satisfy the plan',
  skipped: 'would not be sent, on purpose',
} as const

const STYLES = { ready: 'good', invalid: 'bad', skipped: 'minor' } as const

function shownCounts(report: CheckReport): readonly Line[] {
  const names = (['ready', 'invalid', 'skipped'] as const).filter((name) => name === 'ready' || report[name] > 0)
  return countLines(
    names.map((name) => ({ count: report[name], name, meaning: MEANING[name], style: STYLES[name] })),
    'skipped'.length,
  )
}

function kindLines(title: string, kinds: readonly Kind[], others: readonly string[] = []): readonly Line[] {
  if (kinds.length === 0 && others.length === 0) return []
  const lines = problemLines(kinds.map(shownKind), { most: KINDS_SHOWN, rest: restInJson })
  return ['', heading(title), ...others.map((line) => `  ${line}`), ...lines]
}

function heading(text: string): Line {
  return [{ text, style: 'strong' }]
}

function restInJson(more: number): string {
  return `and ${plural(more, 'kind')} more: --json has them all`
}

function shownKind({ message, hint, rows, places, values = [] }: Kind): ShownProblem {
  const [first, ...others] = places
  const where = first === undefined ? '' : firstPlace(first, message)
  const left = rows - places.length
  const rest = [...others.map(placeOf), ...(left > 0 ? [`and ${formatCount(left)} more`] : [])].join(', ')
  // The first of the values stands in the message.
  const more = values.slice(1).join(', ')
  const notes = [
    ...(rest === '' ? [] : [`also ${rest}`]),
    ...(more === '' ? [] : [`other values: ${more}`]),
    ...(hint === undefined ? [] : [hint]),
  ]
  return rows === 1 ? { alone: capitalise(where), rows, message, notes } : { rows, first: where, message, notes }
}

/** A message about the record itself says its line. */
function firstPlace(place: FoundAt, message: string): string {
  return message.startsWith('line ') ? `row ${formatCount(place.row)}` : placeOf(place)
}

function placeOf({ row, line }: FoundAt): string {
  return `row ${formatCount(row)} (line ${formatCount(line)})`
}

/** Words that are sent as they stand, identifiers aside, with what makes them empty. */
function lookalikeLines(lookalikes: CheckReport['lookalikes']): string[] {
  if (lookalikes.length === 0) return []
  const shown = lookalikes.slice(0, KINDS_SHOWN)
  const texts = [...new Set(lookalikes.map(({ text }) => text))]
  const more = lookalikes.length - shown.length
  return [
    '',
    'What looks like nothing:',
    ...shown.map(({ column, text, rows }) => `  ${column}: ${JSON.stringify(text)} in ${plural(rows, 'row')}`),
    ...(more > 0 ? [`  ${restInJson(more)}`] : []),
    `  If these stand for nothing, say so in the plan: ${emptyRule(texts.slice(0, KINDS_SHOWN))}`,
  ]
}

function columnLines({ empty, unused, missing }: CheckReport['columns']): string[] {
  const lines = [
    ...(missing.length > 0 ? [`  named in the plan, and in no row: ${shownNames(missing)}`] : []),
    ...(unused.length > 0 ? [`  named nowhere in the plan: ${shownNames(unused)}`] : []),
    ...(empty.length > 0 ? [`  empty in every row: ${shownNames(empty)}`] : []),
  ]
  return lines.length === 0 ? [] : ['', 'Columns:', ...lines]
}

function shownNames(columns: readonly string[]): string {
  return columns.map((name) => (name.trim() === '' ? '(without a name)' : name)).join(', ')
}

function costLines({ lanes, first, seconds }: CheckReport): string[] {
  const costs = Object.entries(lanes).map(([lane, { rows, requests, limit_rpm }]) => {
    const pace = limit_rpm === null ? 'without limit' : `at ${formatCount(limit_rpm)} a minute`
    const what = first[lane] === undefined && rows > 0 ? 'look-up' : 'row'
    return `  ${lane}: ${plural(rows, what)} in ${plural(requests, 'request')}, ${pace}`
  })
  const took = seconds === null ? '' : ` takes ${describeDuration(seconds * 1000)} at least`
  return ['', `The import${took}:`, ...costs]
}

/** Who is changed: as the rows ask and, where a sync was named, as far as it remembers them. */
function changeLines({ changes, compared }: CheckReport): string[] {
  const asked = byLane(changes)
  return [
    ...(asked === '' ? [] : [`  Rows that ask for a change of a member who is there: ${asked}.`]),
    ...(compared === undefined ? [] : ['', comparedLine(compared)]),
  ]
}

function comparedLine(compared: NonNullable<CheckReport['compared']>): string {
  const { sync, sends, changes } = compared
  const changed = byLane(changes)
  const whom = changed === '' ? '' : `; of members who have changed: ${changed}`
  return `As far as the sync ${sync} remembers, ${describeSurvey(compared)} It would send something of ${formatCount(sends)}${whom}.`
}

/** `update 12, tier 3`; empty where there are none. */
function byLane(rows: Readonly<Record<string, number>>): string {
  return Object.entries(rows)
    .filter(([, met]) => met > 0)
    .map(([lane, met]) => `${lane} ${formatCount(met)}`)
    .join(', ')
}

function nextStep(report: CheckReport, files: readonly string[]): string {
  const { rows, ready, invalid } = report
  if (rows === 0) return 'The file has no rows.'
  if (ready === 0) return 'Next: mend the plan or the file, and check again. As it is, no row would be sent.'
  const command = importOf(report, files)
  if (invalid === 0) return `Next: ${command ?? SAME_AGAIN}`
  return (
    'Next: mend these rows or the plan, and check again. Or import all others now: the rows that are invalid\n' +
    `are not sent, and wait in rejects.csv with what is wrong with them.\n  ${command ?? SAME_AGAIN}`
  )
}

const SAME_AGAIN = 'the same command, with `import` in the place of `check`'

/** The command that imports what was checked; undefined where it cannot be told: of standard input, and of an address with a password. */
function importOf({ file, plan, query }: CheckReport, files: readonly string[]): string | undefined {
  const [first, ...more] = files
  // Of an address with a password, the report says the rest.
  if (first === '-' || (more.length === 0 && first !== file)) return undefined
  return commandOf('import', ...files, ...(query === undefined ? [] : ['--query', query]), '--plan', plan)
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
