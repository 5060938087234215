import { laneNamed } from '../../lanes/lanes.ts'
import type { Attempt, Json, LaneName, Outcome } from '../../model.ts'
import { verdictOf } from '../../report/verdict.ts'
import { formatCount, plural } from '../../words.ts'
import { fieldLines } from './fields.ts'
import { printable } from './printable.ts'
import type { LaneStory, RowStory } from '../../app/runs/row-story.ts'

/** A row's story for people: what came in, what was sent, what came back each time, and what to do. */
export function describeStory(story: RowStory): string {
  const { run, row, line, key, status, input, raw, lanes, hint, missing, others } = story
  return [
    '',
    `Row ${formatCount(row)} of run ${run}: ${status ?? 'not done yet'}`,
    `  line ${formatCount(line)} of the file, key ${printable(key)}`,
    ...(others.length > 0 ? [`  the same key: ${others.map((other) => `row ${formatCount(other)}`).join(', ')}`] : []),
    '',
    'What came in:',
    ...fields(input),
    ...(raw === undefined ? [] : [`  as it stands in the file: ${printable(raw)}`]),
    ...lanes.flatMap(laneLines),
    ...(missing === undefined ? [] : ['', printable(missing)]),
    ...(hint === undefined ? [] : ['', `What to do: ${printable(hint)}`]),
    '',
  ].join('\n')
}

function fields(input: Json): readonly string[] {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return [`  ${printable(JSON.stringify(input))}`]
  const entries = Object.entries(input).filter(([, value]) => value !== '')
  const width = Math.min(Math.max(...entries.map(([name]) => name.length), 0), 30)
  return fieldLines(
    entries.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    width,
  )
}

function laneLines({ lane, request, attempts, outcome }: LaneStory): readonly string[] {
  return [
    '',
    `${lane}: ${outcome?.result ?? 'no answer yet'}`,
    ...(request === undefined ? [] : requestLines(request)),
    ...attempts.map(attemptLine),
    ...unknownAttempts(lane, attempts, outcome),
    ...(outcome === undefined ? [] : outcomeLines(outcome)),
  ]
}

function requestLines({ method, path, query, body }: NonNullable<LaneStory['request']>): readonly string[] {
  const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`
  const text = body === undefined ? [] : JSON.stringify(body, undefined, 2).split('\n')
  return [`  ${method} ${path}${search}`, ...text.map((line) => `  ${printable(line)}`)]
}

function attemptLine({ at, status, fault, tookMs, requestId, note, lookUp, rows }: Attempt): string {
  return [
    `  ${new Date(at).toISOString()}`,
    lookUp === true ? 'look-up' : rows.length > 1 ? `one of ${formatCount(rows.length)} rows` : '',
    status === undefined ? `no reply (${fault ?? ''})` : `HTTP ${status}`,
    `${formatCount(tookMs)} ms`,
    requestId === undefined ? '' : `request id ${printable(requestId)}`,
    note === undefined ? '' : printable(note),
  ]
    .filter((part) => part !== '')
    .join('  ')
}

/** Requests that are not told one by one: those in the middle of many, and those whose worker died. */
function unknownAttempts(
  lane: LaneName,
  attempts: readonly Attempt[],
  outcome: Outcome | undefined,
): readonly string[] {
  // Look-ups that are steps of the row count as its attempts; those for the id behind a verdict do not.
  const areSteps = laneNamed(lane).step !== undefined
  const missing = (outcome?.attempts ?? 0) - attempts.filter(({ lookUp }) => areSteps || lookUp !== true).length
  return missing > 0 ? [`  and ${plural(missing, 'request')} of which no more is known`] : []
}

function outcomeLines(outcome: Outcome): readonly string[] {
  const status = outcome.status
  const told = verdictOf({ status, outcomes: { [outcome.lane]: outcome } })
  const lines: readonly (readonly [string, string])[] = [
    ['status', status],
    ['customer id', told.customerId],
    ['code', told.code],
    ['message', told.message],
    ['warnings', told.warnings],
    ['side effects', told.sideEffects],
    ['since', outcome.finishedAt],
  ]
  return fieldLines(
    lines.filter(([, value]) => value !== ''),
    'side effects'.length,
  )
}
