import { setTimeout as delay } from 'node:timers/promises'
import Bottleneck from 'bottleneck'
import type { Slots } from './slots.ts'

/** Hands out the slots in which a lane may send a request. */
export interface Pacer {
  /** Resolves when the caller may send one request at once; callers go in the order they came. Rejects on abort. */
  slot(rpm: number | undefined, signal: AbortSignal): Promise<void>
  /**
   * No slot for a while, and a lower pace after that, because the API said that we go too fast: for `ms` milliseconds
   * where it said how long, else until the next minute. Gives the end of it, in whole milliseconds since the epoch.
   */
  hold(ms: number | undefined): Promise<number>
}

/** The time that a limit counts requests in. Others are for trials against a simulator with a shorter one. */
export const MINUTE_MS = 60_000

/**
 * The API counts a request when it arrives, some travel faster than others, and a slot may be used a little late. So the
 * slots are laid out over a little more than a minute: any minute then holds no more than the limit, unless two requests
 * are delayed by times that differ by more than that. It costs 0.7 % of the limit.
 */
const SPREAD = 400 / 60_000

/** Who waited for a slot for longer than that looks again whether the lane was held meanwhile: then the slot is void. */
const LOOK_AGAIN_MS = 20

/** Paces a lane: evenly spaced slots, no burst at a minute's edge. Bottleneck keeps this process' callers in line. */
export function createPacer(slots: Slots, minuteMs = MINUTE_MS): Pacer {
  const line = new Bottleneck({ maxConcurrent: 1 })
  let heldUntil = 0

  async function next(rpm: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const grant = await slots.take(rpm, minuteMs * (1 + SPREAD))
      await delay(grant.waitMs, undefined, { signal })
      if (grant.kind === 'go' && !(grant.waitMs > LOOK_AGAIN_MS && (await slots.held()) > 0)) return
    }
  }

  return {
    async slot(rpm, signal) {
      signal.throwIfAborted()
      if (rpm === undefined) {
        // Without a limit there are no slots; what the API told this process counts all the same.
        if (heldUntil > performance.now()) await delay(heldUntil - performance.now(), undefined, { signal })
        return
      }
      const turn = line.schedule(() => next(rpm, signal))
      // Whoever no longer wants the slot does not hear what became of it.
      turn.catch(() => {})
      await orAbort(turn, signal)
    },
    async hold(ms) {
      const leftMs = await slots.hold(ms, minuteMs)
      heldUntil = performance.now() + leftMs
      return Math.ceil(Date.now() + leftMs)
    },
  }
}

/** An aborted caller does not wait for its turn; when that comes, it takes no slot. */
async function orAbort(turn: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    await Promise.race([turn, aborted])
    signal.throwIfAborted()
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
