import type { HealthChange } from './lane-health.ts'

/** Which runs know how the lane stands. */
export interface OutageNews {
  /** The lane is down, or up again, while a worker has jobs of these runs in hand. */
  changed(change: HealthChange, held: Iterable<string>): void
  /** A job of the run was taken in hand. */
  taken(run: string): void
  /** The run was parked: whoever resumes it knows nothing. */
  parked(run: string): void
}

/**
 * Tells the runs of a lane when its host is away, and when it is back: those as well that come while it is away, and, once
 * a job of theirs comes back, those of which none was in hand when it was there again.
 */
export function outageNews(tell: (run: string, change: HealthChange) => void): OutageNews {
  let latest: HealthChange | undefined
  /** Runs that were told that the host is away, and nothing since. */
  const told = new Set<string>()

  function taken(run: string): void {
    if (latest === undefined || latest.down === told.has(run)) return
    if (latest.down) told.add(run)
    else told.delete(run)
    // Nobody knows that it is back; who asks is told what comes of it.
    if (latest.forgotten !== true) tell(run, latest)
  }

  return {
    changed(change, held) {
      latest = change
      for (const run of held) taken(run)
    },
    taken,
    parked: (run) => void told.delete(run),
  }
}
