import { laneOrder } from '../ledger/row-status.ts'
import type { LaneName } from '../model.ts'

/** Something for each lane. */
export function byLane<T>(make: (lane: LaneName) => T): Readonly<Record<LaneName, T>> {
  return Object.fromEntries(laneOrder.map((lane) => [lane, make(lane)])) as Record<LaneName, T>
}
