import type { LaneName } from '../model.ts'

/** A lane on which jobs of the run lie that nobody takes. */
export interface UntakenLane {
  readonly lane: LaneName
  readonly forMs: number
}

/** How a job of the run stands on its lane's queue, in BullMQ's words. */
export interface JobOnLane {
  readonly lane: LaneName
  readonly state: string
}

/** Whoever takes a job does so within a second or two. */
const PATIENCE_MS = 4_000

/** Watches which of a run's lanes nobody works on. Times are milliseconds on a clock that only goes forward. */
export class Untaken {
  readonly #since = new Map<LaneName, number>()

  /** All jobs of the run that are out, as they stand now. A lane is untaken while each of its jobs waits to be taken. */
  see(jobs: readonly JobOnLane[], now: number): void {
    const byLane = Map.groupBy(jobs, ({ lane }) => lane)
    for (const lane of this.#since.keys()) if (!byLane.has(lane)) this.#since.delete(lane)
    for (const [lane, ofLane] of byLane) {
      const waits = ofLane.every(({ state }) => state === 'waiting' || state === 'prioritized')
      if (!waits) this.#since.delete(lane)
      else if (!this.#since.has(lane)) this.#since.set(lane, now)
    }
  }

  /** Something came of the lane: somebody works on it. */
  heard(lane: LaneName): void {
    this.#since.delete(lane)
  }

  lanes(now: number): readonly UntakenLane[] {
    return Array.from(this.#since, ([lane, since]) => ({ lane, forMs: now - since })).filter(
      ({ forMs }) => forMs >= PATIENCE_MS,
    )
  }
}
