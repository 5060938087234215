import type { BatchSettings } from '../broker/jobs.ts'
import { byLane, laneNamed, ofLane } from '../lanes/lanes.ts'
import type { LaneName } from '../model.ts'
import type { Plan } from '../plan/load-plan.ts'

/** Requests per minute by lane; a lane that is not there has no limit. */
export type Limits = Record<LaneName, number>

/** How a run's rows are cut into batches, and how many may be in flight: it follows from the plan and the limits. */
export interface RunSettings {
  readonly batchSettings: Readonly<Record<LaneName, BatchSettings>>
  readonly batchRows: Readonly<Record<LaneName, number>>
  readonly window: Window
}

/** What may be in flight at most: rows, and the bytes that they take. The first row beyond either waits. */
export interface Window {
  readonly rows: number
  readonly bytes: number
}

/** Where a request is of one row, a job carries two seconds' worth; without a limit, as many as go out side by side. */
const SINGLE_JOB_SECONDS = 2
const SINGLE_JOB_ROWS = { most: 200, unlimited: 64 }
/**
 * A minute's worth of rows is enough to keep every worker busy, and little to look through after a crash. Where that is
 * many, so many seconds' worth: replies may take some of them, and there must be work for all others meanwhile.
 */
const WINDOW_ROWS = { least: 500, most: 4_000 }
const WINDOW_SECONDS = 8
/** Whatever the limit: memory does not grow with it. */
const WINDOW_BYTES = 16 * 1024 * 1024

export function runSettings(plan: Plan, limits: Limits, lanes: readonly LaneName[]): RunSettings {
  const shared = {
    onExists: plan.onExists,
    retryAttempts: plan.retry.attempts,
    retryForMs: plan.retry.forMs,
    outageMs: plan.outageMs,
  }
  const batchRows = byLane((lane) =>
    isSingle(lane) ? singleRows(limits[lane]) : (plan.lanes[lane]?.batch ?? laneNamed(lane).rowsPerRequest),
  )
  const [first] = lanes
  return {
    batchSettings: byLane((lane) => ({ ...shared, rpm: limits[lane], otherRpm: otherLimits(lane, limits) })),
    batchRows,
    window: {
      rows:
        first === undefined
          ? WINDOW_ROWS.least
          : windowRows(limits[first], isSingle(first) ? 1 : ofLane(batchRows, first)),
      bytes: WINDOW_BYTES,
    },
  }
}

/** Those of the lanes on whose limits it sends as well. */
function otherLimits(lane: LaneName, limits: Limits): Limits | undefined {
  const { paces } = laneNamed(lane)
  if (paces === undefined) return undefined
  return Object.fromEntries(paces.flatMap((name) => (limits[name] === undefined ? [] : [[name, limits[name]]])))
}

/** A request of it is of one row. */
function isSingle(lane: LaneName): boolean {
  return laneNamed(lane).rowsPerRequest === 1
}

function singleRows(rpm: number | undefined): number {
  if (rpm === undefined) return SINGLE_JOB_ROWS.unlimited
  return Math.min(Math.max(Math.ceil((rpm / 60) * SINGLE_JOB_SECONDS), 1), SINGLE_JOB_ROWS.most)
}

function windowRows(rpm: number | undefined, rowsPerRequest: number): number {
  if (rpm === undefined) return WINDOW_ROWS.most
  const rowsPerMinute = rpm * rowsPerRequest
  const most = Math.max((rowsPerMinute / 60) * WINDOW_SECONDS, WINDOW_ROWS.most)
  return Math.min(Math.max(rowsPerMinute, WINDOW_ROWS.least), most)
}
