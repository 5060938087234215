import type { LaneName } from '../../model.ts'

/** What was counted, and how lanes stand at this moment. Nothing of a member, a row or a run is in it. */
export interface Totals {
  /** By lane: requests by what became of them, rows by the result of their outcome. They only grow. */
  readonly requests: Readonly<Record<LaneName, Readonly<Record<string, number>>>>
  readonly rows: Readonly<Record<LaneName, Readonly<Record<string, number>>>>
  /** For how long nothing was sent on a lane because the API had said so. It only grows. */
  readonly throttledSeconds: Readonly<Record<LaneName, number>>
  /** Requests a minute; a lane without a limit is not there. */
  readonly limits: Readonly<Record<LaneName, number>>
  readonly inFlight: Readonly<Record<LaneName, number>>
  /** Whether a lane's requests are answered. */
  readonly up: Readonly<Record<LaneName, boolean>>
}

export type MutableTotals = { [Field in keyof Totals]: { -readonly [Lane in LaneName]: Totals[Field][Lane] } }

export function noTotals(): MutableTotals {
  return { requests: {}, rows: {}, throttledSeconds: {}, limits: {}, inFlight: {}, up: {} }
}

/** The counts with so many more of that name on that lane. */
export function countOn(counts: MutableTotals['rows'], lane: LaneName, name: string, by: number): void {
  const onLane = counts[lane] ?? {}
  counts[lane] = { ...onLane, [name]: (onLane[name] ?? 0) + by }
}
