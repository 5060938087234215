import type { LaneName } from '../src/model.ts'

/** What a worker remembers of the runs that wait on its lane. */
export interface RunPatience {
  /** Nothing of the run is sent any more, for the moment. */
  parked(run: string): void
  /** The run is under way. */
  goesOn(run: string): void
  /** For how long it has been under way since it was parked here; for ever, where it never was. */
  goesOnForMs(run: string): number
  /** Whether a hold of the lane that lasts so much longer has not been told to the run yet: it counts as told then. */
  isNews(run: string, lane: LaneName, heldMs: number): boolean
}

/**
 * A run that was halted and is resumed has all of its patience again: how long the host had been away says nothing of now.
 * Times are of a clock that only goes forward.
 */
export function runPatience(now: () => number = () => performance.now()): RunPatience {
  /** Since when runs go on that were parked; undefined while they are. */
  const since = new Map<string, number | undefined>()
  const toldUntil = new Map<string, Map<LaneName, number>>()
  return {
    parked(run) {
      since.set(run, undefined)
      // Whoever resumes it has not heard of it.
      toldUntil.delete(run)
    },
    goesOn(run) {
      if (since.has(run) && since.get(run) === undefined) since.set(run, now())
    },
    goesOnForMs: (run) => now() - (since.get(run) ?? -Infinity),
    isNews(run, lane, heldMs) {
      const told = toldUntil.get(run) ?? new Map<LaneName, number>()
      const until = now() + heldMs
      if (until <= (told.get(lane) ?? -Infinity) + CLOCKS_DIFFER_MS) return false
      toldUntil.set(run, told.set(lane, until))
      return true
    },
  }
}

/** The end of one hold is not always told alike. */
const CLOCKS_DIFFER_MS = 1_000
