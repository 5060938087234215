import type { SQLInputValue } from 'node:sqlite'

import type { LaneName, Outcome, Result, Status } from '../model.ts'

export const outcomeColumns =
  'row, lane, result, status, customer_id, code, message, attempts, request_id, finished_at, detail'

/** A record of the table `outcomes`, in the order of `outcomeColumns`. */
export type OutcomeTuple = [
  row: number,
  lane: LaneName,
  result: Result,
  status: Status,
  customerId: string | null,
  code: number | null,
  message: string | null,
  attempts: number,
  requestId: string | null,
  finishedAt: string,
  detail: string | null,
]

type Detail = Partial<Pick<Outcome, 'warnings' | 'sideEffects' | 'programs' | 'balances' | 'hint' | 'confirmed'>>

export const answerColumns = 'row, lane, verdict, customer_id, code, attempts, request_id, finished_at'

/** A record of the table `answers`, in the order of `answerColumns`. `verdict`: the number of the verdict. */
export function toAnswerTuple(outcome: Outcome, verdict: number): SQLInputValue[] {
  return [
    outcome.row,
    outcome.lane,
    verdict,
    outcome.customerId ?? null,
    outcome.code ?? null,
    outcome.attempts,
    outcome.requestId ?? null,
    timeOf(outcome.finishedAt),
  ]
}

/** Milliseconds since the epoch. Rows that were answered together mostly say the same. */
export function timeOf(finishedAt: string): number {
  if (finishedAt !== last.text) last = { text: finishedAt, time: Date.parse(finishedAt) }
  return last.time
}

let last = { text: '', time: Number.NaN }

/** A record of the table `verdicts`: what it says of many rows. */
export function toVerdictTuple(outcome: Outcome): VerdictTuple {
  return [outcome.result, outcome.status, outcome.message ?? null, detailOf(outcome)]
}

/** What many outcomes have in common, as `toVerdictTuple` has it. */
export type VerdictTuple = [result: Result, status: Status, message: string | null, detail: string | null]

export function fromVerdictTuple([result, status, message, detail]: VerdictTuple) {
  const {
    warnings = [],
    sideEffects = [],
    programs,
    balances,
    hint,
    confirmed,
  }: Detail = detail === null ? {} : JSON.parse(detail)
  return { result, status, message: message ?? undefined, hint, warnings, sideEffects, programs, balances, confirmed }
}

/** A record of the table `answers`, in the order of `answerColumns`, as it is read. */
export type AnswerTuple = [
  row: number,
  lane: LaneName,
  verdict: number,
  customerId: string | null,
  code: number | null,
  attempts: number,
  requestId: string | null,
  finishedAt: number,
]

export function fromOutcomeTuple(tuple: OutcomeTuple): Outcome {
  const [row, lane, result, status, customerId, code, message, attempts, requestId, finishedAt, detail] = tuple
  return {
    ...fromVerdictTuple([result, status, message, detail]),
    row,
    lane,
    customerId: customerId ?? undefined,
    code: code ?? undefined,
    attempts,
    requestId: requestId ?? undefined,
    finishedAt,
  }
}

function detailOf({ warnings, sideEffects, programs, balances, hint, confirmed }: Outcome): string | null {
  const detail: Detail = {
    warnings: warnings.length > 0 ? warnings : undefined,
    sideEffects: sideEffects.length > 0 ? sideEffects : undefined,
    programs,
    balances,
    hint,
    confirmed,
  }
  const text = JSON.stringify(detail)
  return text === '{}' ? null : text
}
