import type { Problem } from '../../app/session/session-end.ts'
import type { Summary } from '../../report/summary.ts'
import { ANOTHERS_ACCOUNT } from '../../words.ts'
import { type ShownProblem, problemLines, restInSummary, rowName } from './problems.ts'

const REASONS_SHOWN = 5
const ASSUMED_SHOWN = 12

/** Why rows were skipped, most rows first. */
export function skipLines({ skipped_because: reasons }: Pick<Summary, 'skipped_because'>): string[] {
  if (reasons.length === 0) return []
  return ['Why rows were skipped:', ...problemLines(reasons, { most: REASONS_SHOWN, rest: restInSummary }), '']
}

/** What was sent as it was read, and may not be meant so, most rows first. */
export function doubtLines({ doubts = [], remarks = [] }: Pick<Summary, 'doubts' | 'remarks'>): string[] {
  if (doubts.length + remarks.length === 0) return []
  const where = '  Each row’s value, and what to do, are in results.csv: `_warnings` and `_hint`.'
  return [
    'Sent as it was read, and perhaps not meant so:',
    ...remarks.map((remark) => `  ${remark}`),
    ...problemLines(doubts, { most: ASSUMED_SHOWN, rest: restInSummary }),
    ...(doubts.length > 0 ? [where] : []),
    '',
  ]
}

/** What rows that are done went without, as far as nobody but us says so: words for nothing, values that the API cuts silently. */
export function lossLines(problems: readonly Problem[]): string[] {
  const losses = ownWarnings(problems).filter(({ message }) => !message.startsWith(ANOTHERS_ACCOUNT))
  if (losses.length === 0) return []
  const lines = problemLines(losses, { most: ASSUMED_SHOWN, rest: restInSummary })
  return ['What rows went without, though they are done:', ...lines, '']
}

/** Rows that may have come to somebody else's account: the first thing to say. */
export function graveLines(problems: readonly Problem[]): string[] {
  const grave = ownWarnings(problems).filter(({ message }) => message.startsWith(ANOTHERS_ACCOUNT))
  if (grave.length === 0) return []
  const compare = '  Compare these rows with their accounts in Member Care: results.csv has each one’s customer id.'
  return ['Rows that may have come to another member’s account, or changed it:', ...problemLines(grave), compare, '']
}

function ownWarnings(problems: readonly Problem[]): readonly ShownProblem[] {
  return problems
    .filter(({ severity, code }) => severity === 'warning' && code === undefined)
    .map(({ message, rows, firstRow }) => ({ rows, first: rowName(firstRow), message }))
}
