import type { LaneName } from '../../model.ts'

/** How far a run was at a time. `requests`: since it began, by lane. `at`: milliseconds on any one clock. */
export interface PaceSample {
  readonly at: number
  readonly done: number
  readonly requests: Readonly<Record<LaneName, number>>
}

export interface Pace {
  /** Requests a minute over the last seconds, by lane. */
  readonly rpm: Readonly<Record<LaneName, number>>
  /** Rows done a millisecond over the last minute; undefined where there was none, or it is too early to tell. */
  readonly rowsPerMs: number | undefined
}

const REQUESTS_OVER_MS = 10_000
/** Rows come in batches: the time that is left would jump with each of them. */
const ROWS_OVER_MS = 60_000
const TOO_EARLY_MS = 2_000
const SAMPLE_EVERY_MS = 500

/** Measures how fast a run goes at the moment, from samples that come again and again. */
export class PaceMeter {
  #samples: PaceSample[] = []

  see(now: PaceSample): Pace {
    const [last] = this.#samples.slice(-1)
    if (last === undefined || now.at - last.at >= SAMPLE_EVERY_MS) this.#samples.push(now)
    // The last one before the time that is looked at stays: it is measured from there.
    const begins = this.#samples.findLastIndex(({ at }) => now.at - at >= ROWS_OVER_MS)
    if (begins > 0) this.#samples = this.#samples.slice(begins)
    const recent = this.#samples.findLast(({ at }) => now.at - at >= REQUESTS_OVER_MS) ?? this.#samples[0] ?? now
    const [first = now] = this.#samples
    const rowsPerMs = (now.done - first.done) / Math.max(now.at - first.at, 1)
    return {
      rpm: Object.fromEntries(
        Object.entries(now.requests).map(([lane, count]) => [
          lane,
          ((count - (recent.requests[lane] ?? 0)) * 60_000) / Math.max(now.at - recent.at, 1),
        ]),
      ),
      rowsPerMs: rowsPerMs > 0 && now.at - first.at >= TOO_EARLY_MS ? rowsPerMs : undefined,
    }
  }
}
