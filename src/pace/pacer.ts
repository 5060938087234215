import { setTimeout as delay } from 'node:timers/promises'
import Bottleneck from 'bottleneck'

/** Hands out the slots in which a lane may send a request. One for each account and lane. */
export interface Pacer {
  /** Resolves when the caller may send one request at once. Rejects when the signal aborts. */
  slot(signal: AbortSignal): Promise<void>
  /**
   * No slot for a while, because the API said that we go too fast: for `ms` milliseconds where it said how long, else
   * until the next minute. Returns the end of it, in milliseconds since the epoch.
   */
  hold(ms: number | undefined): number
  /** Changes the limit for all slots from now on. Requests per minute; undefined: no limit. */
  setLimit(rpm: number | undefined): void
}

/**
 * Paces within this process, with Bottleneck: slots evenly spaced, no burst at a minute's edge.
 *
 * The API counts a request when it arrives, and some travel faster than others. So the slots are laid out over a little
 * more than a minute: `rpm` of them and the first of the next minute are then further than a minute apart on arrival
 * too, unless two travel times differ by more than that.
 */
export function createPacer(rpm: number | undefined, minuteMs = MINUTE_MS): Pacer {
  const limiter = new Bottleneck({ minTime: spacingMs(rpm, minuteMs) })
  let limit = rpm
  let heldUntil = 0

  return {
    async slot(signal) {
      while (true) {
        signal.throwIfAborted()
        if (limit !== undefined)
          await orAbort(
            limiter.schedule(() => Promise.resolve()),
            signal,
          )
        const heldMs = heldUntil - Date.now()
        if (heldMs <= 0) return
        // Several callers wait out a hold together, and then take slots anew: they must not all go at once.
        await delay(heldMs, undefined, { signal })
      }
    },
    hold(ms) {
      const now = Date.now()
      heldUntil = Math.max(heldUntil, now + (ms ?? minuteMs - (now % minuteMs)))
      return heldUntil
    },
    setLimit(next) {
      if (next === limit) return
      limit = next
      limiter.updateSettings({ minTime: spacingMs(next, minuteMs) })
    },
  }
}

/** Bottleneck cannot take back what it has scheduled: an aborted caller leaves its slot unused. */
async function orAbort(slot: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    await Promise.race([slot, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** The time that a limit counts requests in. Others are for trials against a simulator with a shorter one. */
export const MINUTE_MS = 60_000
/** How much two requests' travel times may differ before a minute could hold one too many: costs 0.7 % of the limit. */
const TRAVEL_SPREAD = 400 / 60_000

function spacingMs(rpm: number | undefined, minuteMs: number): number {
  return rpm === undefined ? 0 : (minuteMs * (1 + TRAVEL_SPREAD)) / rpm
}
