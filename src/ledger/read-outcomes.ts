import type { DatabaseSync } from 'node:sqlite'

import type { Outcome } from '../model.ts'
import {
  type AnswerTuple,
  type OutcomeTuple,
  type VerdictTuple,
  answerColumns,
  fromOutcomeTuple,
  fromVerdictTuple,
  outcomeColumns,
} from './outcome-record.ts'
import { hasVerdicts } from './schema.ts'
import { prepareTuples } from './tuples.ts'

/**
 * All outcomes, by row and lane. What many of them have in common is read once: the view of them puts it together anew for
 * each, which takes twice as long.
 */
export function iterateOutcomes(db: DatabaseSync): Iterator<Outcome> {
  return hasVerdicts(db) ? fromAnswers(db) : fromTable(db)
}

function* fromTable(db: DatabaseSync): Generator<Outcome, void, undefined> {
  const sql = `SELECT ${outcomeColumns} FROM outcomes ORDER BY row, lane`
  const tuples = prepareTuples<OutcomeTuple>(db, sql).iterate()
  for (let next = tuples.next(); next.done !== true; next = tuples.next()) yield fromOutcomeTuple(next.value)
}

function* fromAnswers(db: DatabaseSync): Generator<Outcome, void, undefined> {
  const verdictOf = readVerdicts(db)
  const timeOf = timesAsText()
  const answers = prepareTuples<AnswerTuple>(db, `SELECT ${answerColumns} FROM answers ORDER BY row, lane`).iterate()
  for (let next = answers.next(); next.done !== true; next = answers.next()) {
    const [row, lane, verdict, customerId, code, attempts, requestId, finishedAt] = next.value
    yield {
      ...verdictOf(verdict),
      row,
      lane,
      customerId: customerId ?? undefined,
      code: code ?? undefined,
      attempts,
      requestId: requestId ?? undefined,
      finishedAt: timeOf(finishedAt),
    }
  }
}

/** What outcomes have in common, by its number. Where nearly each row has one of its own, they are not all kept. */
function readVerdicts(db: DatabaseSync): (verdict: number) => ReturnType<typeof fromVerdictTuple> {
  const read = prepareTuples<VerdictTuple>(db, 'SELECT result, status, message, detail FROM verdicts WHERE verdict = ?')
  const known = new Map<number, ReturnType<typeof fromVerdictTuple>>()
  return (number) => {
    const found = known.get(number)
    if (found !== undefined) return found
    const verdict = fromVerdictTuple(read.get(number) as VerdictTuple)
    if (known.size === MOST_KEPT) known.clear()
    known.set(number, verdict)
    return verdict
  }
}

const MOST_KEPT = 1_000

/** Rows that were answered together mostly have the same time. */
function timesAsText(): (time: number) => string {
  let last = { time: Number.NaN, text: '' }
  return (time) => {
    if (time !== last.time) last = { time, text: new Date(time).toISOString() }
    return last.text
  }
}
