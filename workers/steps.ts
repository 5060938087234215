import type { BatchSettings } from '../src/broker/jobs.ts'
import type { Lane, Step } from '../src/lanes/lane.ts'
import type { LaneName } from '../src/model.ts'
import type { BatchSizes } from '../src/pace/batch-sizes.ts'
import type { Pacer } from '../src/pace/pacer.ts'
import type { OpenRow } from './open-row.ts'
import { shareRequests } from './share-requests.ts'

/** How requests of a lane go out: on whose limit, and how many rows each may carry. */
export interface StepTools {
  readonly pacerOf: (lane: LaneName) => Pacer
  readonly batchSizes: Pick<BatchSizes, 'most' | 'learn'>
}

/** Rows that share a request, and how it goes out. */
export interface Shipment {
  readonly rows: readonly OpenRow[]
  readonly step: Step
}

/**
 * Rows in requests: those of one step together, as many as one may carry. A row that has one attempt left goes alone: what
 * nobody answers may be a single row's fault, and no other is to fail with it.
 */
export function inRequests(
  due: readonly OpenRow[],
  lane: Lane,
  { most }: StepTools['batchSizes'],
  { retryAttempts }: Pick<BatchSettings, 'retryAttempts'>,
): readonly Shipment[] {
  const planned = due.map((row) => {
    const step = stepOf(row, lane)
    const isLast = row.attempts > 0 && row.attempts + 1 >= retryAttempts
    return { row, step, group: isLast ? `${step.group} alone ${row.row}` : step.group }
  })
  const byPace = Map.groupBy(planned, ({ step }) => step.pace ?? lane.name)
  return Array.from(byPace).flatMap(([pace, rows]) => {
    const rowsPerRequest = Math.min(most(pace) ?? lane.rowsPerRequest, lane.rowsPerRequest)
    const requests = shareRequests(rows, { rowsPerRequest, groupOf: ({ group }) => group })
    return requests.flatMap((shared) => {
      const [first] = shared
      return first === undefined ? [] : [{ step: first.step, rows: shared.map(({ row }) => row) }]
    })
  })
}

function stepOf(row: OpenRow, lane: Lane): Step {
  return lane.step?.(row) ?? { group: lane.groupOf?.(row.request) ?? '' }
}

/** The limit that a step counts against, in requests a minute. */
export function rpmOf({ pace }: Step, { rpm, otherRpm }: BatchSettings): number | undefined {
  return pace === undefined ? rpm : otherRpm?.[pace]
}
