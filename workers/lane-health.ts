import { setTimeout as delay } from 'node:timers/promises'

/** Whether a lane's host answers. While it does not, all but one caller wait, and that one tries. */
export interface LaneHealth {
  /** Waits until the caller may send, for `patienceMs` at most. Rejects when the signal aborts. */
  clear(signal: AbortSignal, patienceMs: number): Promise<Clearance>
  /** Tells what came of a request: did the host answer at all? `reason`: in words, why not. */
  report(answered: boolean, reason: string): void
  /** Since when the host has not answered: milliseconds since the epoch. */
  downSince(): number | undefined
  /** Whether the host has answered anybody since then. */
  answeredSince(at: number): boolean
}

/** `open`: the host answers. `probe`: it did not, and the caller's request finds out. `wait`: ask again. */
export type Clearance = 'open' | 'probe' | 'wait'

export interface HealthChange {
  readonly down: boolean
  readonly reason: string
  readonly since: number
}

/** Consecutive failures that mean an outage rather than bad luck. */
const FAILURES_TO_STOP = 5
const FIRST_PROBE_MS = 1_000
/** Short enough to be back at work within five seconds of the host. */
const LONGEST_PROBE_MS = 4_000

export function createLaneHealth(onChange: (change: HealthChange) => void): LaneHealth {
  let failures = 0
  let since: number | undefined
  let answeredAt = 0
  let probeEveryMs = FIRST_PROBE_MS
  let nextProbeAt = 0

  function probeIsDue(): boolean {
    const now = Date.now()
    // Further off than any probe is put: the clock was put back.
    if (now < nextProbeAt && nextProbeAt - now <= LONGEST_PROBE_MS) return false
    nextProbeAt = now + probeEveryMs
    probeEveryMs = Math.min(probeEveryMs * 2, LONGEST_PROBE_MS)
    return true
  }

  return {
    async clear(signal, patienceMs) {
      const giveUpAt = Date.now() + patienceMs
      while (since !== undefined) {
        if (probeIsDue()) return 'probe'
        const now = Date.now()
        if (now >= giveUpAt) return 'wait'
        await delay(Math.min(nextProbeAt, giveUpAt) - now, undefined, { signal })
      }
      return 'open'
    },
    report(answered, reason) {
      failures = answered ? 0 : failures + 1
      if (answered) answeredAt = Date.now()
      if (answered && since !== undefined) {
        onChange({ down: false, reason, since })
        since = undefined
      } else if (since === undefined && failures >= FAILURES_TO_STOP) {
        since = Date.now()
        probeEveryMs = FIRST_PROBE_MS
        nextProbeAt = since + probeEveryMs
        onChange({ down: true, reason, since })
      }
    },
    downSince: () => since,
    answeredSince: (at) => answeredAt > at,
  }
}
