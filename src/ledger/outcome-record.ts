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
export function toVerdictTuple(outcome: Outcome): [string, string, string | null, string | null] {
  return [outcome.result, outcome.status, outcome.message ?? null, detailOf(outcome)]
}

export function fromOutcomeTuple(tuple: OutcomeTuple): Outcome {
  const [row, lane, result, status, customerId, code, message, attempts, requestId, finishedAt, detail] = tuple
  const {
    warnings = [],
    sideEffects = [],
    programs,
    balances,
    hint,
    confirmed,
  }: Detail = detail === null ? {} : JSON.parse(detail)
  return {
    row,
    lane,
    result,
    status,
    customerId: customerId ?? undefined,
    code: code ?? undefined,
    message: message ?? undefined,
    hint,
    warnings,
    sideEffects,
    programs,
    balances,
    confirmed,
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
