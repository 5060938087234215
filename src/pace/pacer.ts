import { setTimeout as delay } from 'node:timers/promises'
import Bottleneck from 'bottleneck'

/** Hands out the slots in which a lane may send a request. One for each account and lane. */
export interface Pacer {
  /** Resolves when the caller may send one request at once. Rejects when the signal aborts. */
  slot(signal: AbortSignal): Promise<void>
  /** No slot for the next `ms` milliseconds: the API said that we go too fast. */
  hold(ms: number): void
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
export function createPacer(rpm: number | undefined): Pacer {
  const limiter = new Bottleneck({ minTime: spacingMs(rpm) })
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
      heldUntil = Math.max(heldUntil, Date.now() + ms)
    },
    setLimit(next) {
      if (next === limit) return
      limit = next
      limiter.updateSettings({ minTime: spacingMs(next) })
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

const MINUTE_MS = 60_000
/** How much two requests' travel times may differ before a minute could hold one too many. Costs 0.7 % of the limit. */
const TRAVEL_SPREAD_MS = 400

function spacingMs(rpm: number | undefined): number {
  return rpm === undefined ? 0 : (MINUTE_MS + TRAVEL_SPREAD_MS) / rpm
}
