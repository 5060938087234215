import { formatCount, formatShare, plural } from '../words.ts'
import type { Guards } from './load-sync.ts'
import type { Survey } from './survey.ts'

/** Why a file should not be imported before somebody has looked at it. */
export interface GuardViolation {
  /** Which guard it is. */
  readonly guard:
    | 'empty'
    | 'fewer_rows'
    | 'changed'
    | 'columns'
    | 'lookalikes'
    | 'same_file'
    | 'older'
    | 'unsteady'
    | 'unreadable'
  readonly reason: string
}

/** What is known of the last good execution. */
export interface LastGood {
  readonly run: string
  readonly survey: Survey
  /** Whether none came after it in which no row was done: what is remembered would be what that one's file said. */
  readonly isLatest: boolean
}

/** The guards that trip over a file, before the first request. Pure. */
export function checkGuards(survey: Survey, last: LastGood | undefined, guards: Guards): readonly GuardViolation[] {
  if (survey.rows === 0 && guards.empty) return [{ guard: 'empty', reason: 'The file has no rows.' }]
  if (last === undefined) return []
  const violations: GuardViolation[] = []
  const before = last.survey
  const missing = (before.columns ?? []).filter((column) => !(survey.columns ?? []).includes(column))
  if (guards.columns && missing.length > 0) {
    const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : ''
    violations.push({
      guard: 'columns',
      reason: `Columns are gone: ${missing.slice(0, MOST_NAMED).join(', ')}${more}.`,
    })
  }
  const fewer = (before.rows - survey.rows) / Math.max(before.rows, 1)
  if (fewer > guards.fewerRows) {
    const reason = `${plural(survey.rows, 'row')}, ${formatShare(fewer)} fewer than the ${formatCount(before.rows)} of run ${last.run}.`
    violations.push({ guard: 'fewer_rows', reason })
  }
  const known = survey.changed + survey.unchanged
  const changed = known === 0 ? 1 : survey.changed / known
  if (last.isLatest && changed > guards.changed) {
    const reason =
      known === 0
        ? `None of the ${formatCount(survey.rows)} rows has a key that is known.`
        : `${formatCount(survey.changed)} of ${formatCount(known)} known rows have changed (${formatShare(changed)}).`
    violations.push({ guard: 'changed', reason })
  }
  const words = guards.lookalikes ? newLookalikes(survey, before) : []
  if (words.length > 0) {
    const more = words.length > MOST_NAMED ? `, and ${words.length - MOST_NAMED} more` : ''
    violations.push({
      guard: 'lookalikes',
      reason:
        `Words that look like nothing, and stood in no row or a few before: ${words.slice(0, MOST_NAMED).join(', ')}${more}. ` +
        'If cells that hold them are empty, the plan says so by `rows: { empty: [ … ] }`.',
    })
  }
  return violations
}

/** Words in more than a few rows of a column that held them in none or a few before. What an older rollcall surveyed tells nothing of them. */
function newLookalikes({ lookalikes: now = {} }: Survey, { lookalikes: before }: Survey): readonly string[] {
  if (before === undefined) return []
  return Object.entries(now).flatMap(([column, words]) =>
    Object.entries(words)
      .filter(([word, rows]) => rows > A_FEW && isNew(rows, before[column]?.[word] ?? 0))
      .map(([word, rows]) => `${JSON.stringify(word)} in ${plural(rows, 'row')} of ${column}`),
  )
}

/** From a slip or two that stood there before, it has become a habit. */
function isNew(rows: number, before: number): boolean {
  return before <= A_FEW && rows >= before * MANY_TIMES
}

const MANY_TIMES = 4
/** Rows in which such a word may be a slip of somebody's. */
const A_FEW = 5

/** The same content as that of an earlier run: `run`. */
export function sameFileViolation(run: string): GuardViolation {
  return { guard: 'same_file', reason: `This very file was imported before, by run ${run}.` }
}

/** Columns that are named, of those that are gone. */
const MOST_NAMED = 10
