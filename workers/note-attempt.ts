import type { JobRow } from '../src/broker/jobs.ts'
import type { Exchange } from '../src/capillary/exchange.ts'
import type { Answer } from '../src/capillary/verdict.ts'
import type { Attempt, LaneName } from '../src/model.ts'
import { cutText } from '../src/outside/cut-text.ts'
import type { CountedRequest, HeldBatch } from './held-batch.ts'
import type { Visit } from './visit.ts'

/**
 * Whether the ledger keeps a request, asked when its answer was applied: of a row that takes many it keeps the first ones,
 * and the one that brought its outcome. `rows` as they were when it left.
 */
export function isKept(rows: readonly JobRow[], batch: HeldBatch): boolean {
  return rows.some(({ row, sent }) => sent < FIRST_KEPT || batch.row(row) === undefined)
}

const FIRST_KEPT = 5

/** What the worker knows of a request beside what came of it. */
interface Sending extends Pick<Attempt, 'at' | 'note' | 'lookUp'> {
  readonly rows: readonly Pick<JobRow, 'row'>[]
}

/** A request that has come back, as far as it is counted. `pace`: on the limit of which other lane it went. */
interface Counted extends Omit<CountedRequest, 'retry'> {
  readonly retry?: boolean
  readonly rows: readonly Pick<JobRow, 'row'>[]
  readonly pace?: LaneName | undefined
}

/** Counts a request for the ledger, and tells whoever counts for this process. */
export function countRequest(came: Exchange, { at, retry = false, result, rows, pace }: Counted, visit: Visit): void {
  // Without a token there was no request.
  if (came.kind === 'denied') return
  const { run, lane, batch, pass } = visit.batch.data
  visit.batch.countRequest({ at, retry, result }, pace)
  visit.tools.tell({
    kind: 'request',
    run,
    lane: pace ?? lane,
    result,
    batch: { lane, batch, pass },
    at,
    tookMs: came.latencyMs,
    rows: rows.length,
    ...outcomeOf(came),
  })
}

/** Has a request published with the next answers. */
export function noteAttempt(came: Exchange, { rows, ...more }: Sending, batch: HeldBatch): void {
  // Without a token there was no request.
  if (came.kind === 'denied') return
  batch.noteAttempt({
    ...more,
    tookMs: Math.round(came.latencyMs),
    ...outcomeOf(came),
    rows: rows.map(({ row }) => row),
  })
}

function outcomeOf(came: Exclude<Exchange, { kind: 'denied' }>): Pick<Attempt, 'status' | 'requestId' | 'fault'> {
  switch (came.kind) {
    case 'reply':
      return { status: came.status, requestId: came.requestId }
    case 'unauthorized':
      return { status: 401, requestId: came.requestId }
    case 'fault':
      return { fault: came.code }
  }
}

/** Why an answer was not the last word on its rows; undefined where it was, or was not for each of them alike. */
export function reasonOf(answer: Answer): string | undefined {
  switch (answer.kind) {
    case 'retry':
    case 'refused':
    case 'halt':
    case 'throttled':
      return cutText(answer.reason, REASON_LENGTH)
    case 'rows': {
      const [first, ...others] = answer.verdicts
      return first?.kind === 'retry' && others.length === 0 ? cutText(first.reason, REASON_LENGTH) : undefined
    }
  }
}

const REASON_LENGTH = 200
