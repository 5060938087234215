import type { Attempt, LaneName, LaneRequest, Outcome, ProgramOutcome, Traffic, Warning } from '../model.ts'

/** A row as a lane's job carries it. */
export interface JobRow<Request = LaneRequest> {
  readonly row: number
  readonly request: Request
  /** Requests sent for the row so far on this lane. */
  readonly sent: number
  /** Attempts that count against the plan's `retry.attempts`: a 429 or an outage costs none. */
  readonly attempts: number
  /** For how long attempts that count have failed, in milliseconds; absent: none of them did. */
  readonly failingForMs?: number
  /** The last attempt failed, whether it counts or was part of an outage. */
  readonly failed?: boolean
  /** How long after the job was put back the next attempt may be made, in milliseconds; absent: at once. */
  readonly dueInMs?: number
  /** How often it was refused, as by a firewall, while others were answered. */
  readonly refused?: number
  /** An earlier request of the row may have been carried out: its reply was lost. */
  readonly ambiguous?: boolean
  /** The customer id that a lane before this one came to. */
  readonly customerId?: string
  /** When the first request that changes something left. Milliseconds since the epoch. */
  readonly firstSentAt?: number
  /** What is said of it before it is sent: what was left out, and what may not be meant as it was read. */
  readonly warnings?: readonly Warning[]
  /** Another row of the run names the same member, and that is known. */
  readonly repeats?: boolean
  /** The first row of the run that names the same member; absent: itself. */
  readonly member?: number
  /** Of a request about several partner programs: those that have their answer. The request holds the others alone. */
  readonly programsDone?: readonly ProgramOutcome[]
}

/** How the worker treats the rows of a batch: the plan's settings that matter after dispatch. */
export interface BatchSettings {
  /** Requests per minute; absent: no limit. */
  readonly rpm?: number
  /** Likewise, on the other lanes on whose limits the lane sends. */
  readonly otherRpm?: Readonly<Record<LaneName, number>>
  readonly onExists: 'ok' | 'reject'
  readonly retryAttempts: number
  readonly retryForMs: number
  readonly outageMs: number
  /** The API has answered rows of the run on the lane: what it refuses now it does not refuse to all. */
  readonly answered?: boolean
}

/** What one lane job carries. It shrinks: rows with a final outcome leave it. */
export interface BatchJob {
  readonly run: string
  readonly lane: LaneName
  readonly batch: number
  readonly settings: BatchSettings
  readonly rows: readonly JobRow[]
  /** Counts the passes over the job that ended in order; marks the evidence of one that did not. */
  readonly pass: number
  /** Answers that left `rows`, and are perhaps not yet on the outcomes queue: published again after a crash. */
  readonly outbox?: Delivery
  /** That of the broker when the job was dispatched. With another, its rows may be done long since. */
  readonly generation?: string
  /** For how long it was put back, in milliseconds. */
  readonly putBackForMs?: number
  /** Put back because its run is paused or halted, until the run goes on. */
  readonly parked?: boolean
}

/** Kept as the job's progress: the rows whose requests were about to be sent in a pass. Evidence that outlives a crash. */
export interface SendMarks {
  readonly pass: number
  readonly rows: readonly number[]
  /** When the first of them was marked. Milliseconds since the epoch. */
  readonly since?: number
}

/** Outcomes on their way to the ledger. Recording the same `id` twice changes nothing. */
export interface Delivery {
  readonly id: string
  readonly outcomes: readonly Outcome[]
  readonly traffic: readonly Traffic[]
  /** Requests that were sent. Of a row that took many, only some are told. */
  readonly attempts?: readonly Attempt[]
}

/** What a worker tells the run beside outcomes. Times are milliseconds since the epoch. */
export type Notice =
  | {
      readonly kind: 'down'
      readonly lane: LaneName
      readonly reason: string
      readonly since: number
      /** The host answers, and refuses. */
      readonly refused?: boolean
    }
  | { readonly kind: 'up'; readonly lane: LaneName; readonly since: number; readonly until?: number }
  /** What was asked for, a token or something else, has not been answered since then. */
  | { readonly kind: 'silent'; readonly lane: LaneName; readonly since: number; readonly token: boolean }
  | {
      readonly kind: 'throttled'
      readonly lane: LaneName
      readonly since?: number
      readonly until: number
      /** The HTTP status, and the API's words. */
      readonly reason?: string
    }
  | {
      readonly kind: 'halt'
      readonly lane: LaneName
      readonly reason: string
      readonly remedy: string
      /** The host did not answer for as long as the plan waits. */
      readonly outage?: boolean
    }

/** What one job of a run's outcomes queue carries. */
export type OutcomesJob =
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  | { readonly kind: 'notice'; readonly notice: Notice }

/**
 * How jobs are written: another number whenever a worker of before would read them wrong. It is part of the queues' names,
 * so that no worker takes a job that it cannot read.
 */
export const JOB_FORM = 2

/** The queue of a lane: one for each account, so that a worker only sees what its credentials are for. */
export function laneQueueName(account: string, lane: LaneName): string {
  return `${lane}-${account}-${JOB_FORM}`
}

/** What the queue of a lane was called in the forms before this one. */
export function earlierLaneQueues(account: string, lane: LaneName): readonly string[] {
  return [`${lane}-${account}`]
}

/** The queue on which a run's answers come back. */
export function outcomesQueueName(run: string): string {
  return `outcomes-${run}`
}

/** Whether data can be a batch's: what somebody else has written there cannot be worked on. */
export function isBatchJob(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false
  const { rows, settings } = data as Partial<BatchJob>
  return Array.isArray(rows) && typeof settings === 'object'
}

/** Likewise, of a run's outcomes queue. */
export function isOutcomesJob(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false
  const { kind, delivery, notice } = data as { kind?: unknown; delivery?: Partial<Delivery>; notice?: unknown }
  if (kind === 'notice') return typeof notice === 'object' && notice !== null
  return kind === 'delivery' && typeof delivery?.id === 'string' && Array.isArray(delivery.outcomes)
}

/** The same batch always has the same id, so that dispatching what is still queued is a no-op. */
export function batchJobId(run: string, lane: LaneName, batch: number): string {
  return `${run}-${lane}-${batch}`
}

/** A job's progress as marks; undefined where nothing was marked yet. */
export function readMarks(progress: unknown): SendMarks | undefined {
  if (typeof progress !== 'object' || progress === null) return undefined
  const { pass, rows, since } = progress as Partial<SendMarks>
  return typeof pass === 'number' && Array.isArray(rows) ? { pass, rows, since } : undefined
}
