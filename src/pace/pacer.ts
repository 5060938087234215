import { setTimeout as delay } from 'node:timers/promises'
import Bottleneck from 'bottleneck'
import { SLOT_LASTS_MS, createLateness } from './lateness.ts'
import { MINUTE_MS } from './minute.ts'
import type { Slots } from './slots.ts'

/** Hands out the slots in which a lane may send a request. */
export interface Pacer {
  /** Takes a place in the line for a slot; callers go in the order they came. The signal has the caller leave it. */
  join(ask: PaceAsk, signal: AbortSignal): Place
  /**
   * No slot for a while, because the API said so: for `ms` milliseconds where it said how long, else until the next
   * minute; `slower`: we go too fast, so that the pace is lower after that. Gives the end of it, in whole milliseconds
   * since the epoch, to be shown.
   */
  hold(ms: number | undefined, options: { readonly slower: boolean }): Promise<number>
  /** What is left of the holds that this process was told of, or has waited for, in ms. */
  heldForMs(): number
}

/** A place in the line. Whoever does not wait for its turn to the end leaves. */
export interface Place {
  /** `slot`: the caller may send one request at once. `wait`: not within so many ms; ask again. Rejects on abort. */
  turn(patienceMs: number): Promise<'slot' | 'wait'>
  leave(): void
}

/** `rpm`: requests a minute; undefined: no limit. */
export interface PaceAsk {
  readonly run: string
  readonly rpm: number | undefined
}

/**
 * The API counts a request when it arrives, some travel faster than others, and a slot may be used a little late. So the
 * slots are laid out over a little more than a minute: any minute then holds no more than the limit, unless two requests
 * are delayed by times that differ by more than that. It costs 0.7 % of the limit.
 */
const SPREAD = 400 / 60_000

/** Who waited for a slot for longer than that looks again whether the lane was held meanwhile: then the slot is void. */
const LOOK_AGAIN_MS = 20
/** The head of the line asks again for a slot that is far off: a limit may have been raised meanwhile. */
const ASK_AGAIN_MS = 1_000

/**
 * Bottleneck puts starts apart by the wall clock, and would let nobody go while a clock that was put back catches up. The
 * book puts them apart; here they are in line, one at a time, and the last start was always long ago.
 */
const LONG_AGO = { minTime: -Number.MAX_SAFE_INTEGER } as const

/** Paces a lane: evenly spaced slots, no burst at a minute's edge. Bottleneck keeps this process' callers in line. */
export function createPacer(slots: Slots, minuteMs = MINUTE_MS): Pacer {
  const line = new Bottleneck({ maxConcurrent: 1, ...LONG_AGO })
  const latenessOf = createLateness()
  // The first start is put behind the making of the line, by the wall clock too: it is over with at once.
  void line.schedule(() => Promise.resolve())
  let heldUntil = 0
  /** Of what others were told: that may be lifted before its end, as where the book was lost. */
  let foundHeldUntil = 0
  let sleptOver = false

  /** No slot comes to a caller that has left. */
  async function next({ run, rpm }: PaceAsk, gone: AbortSignal): Promise<void> {
    while (!gone.aborted) {
      const heldMs = heldUntil - performance.now()
      if (heldMs > 0) await delay(Math.min(heldMs, ASK_AGAIN_MS), undefined, { signal: gone })
      // Without a limit there are no slots; what the API told this process counts all the same.
      else if (rpm === undefined || (await takeSlot({ run, rpm }, gone))) return
    }
  }

  async function takeSlot(ask: { readonly run: string; readonly rpm: number }, gone: AbortSignal): Promise<boolean> {
    const askedAt = performance.now()
    const { kind, waitMs } = await slots.take(ask, minuteMs * (1 + SPREAD))
    const lateMs = latenessOf(performance.now() - askedAt)
    if (kind === 'ask') {
      foundHeldUntil = waitMs < ASK_AGAIN_MS ? 0 : performance.now() + (await slots.held())
      await delay(Math.min(waitMs, ASK_AGAIN_MS), undefined, { signal: gone })
      return false
    }
    foundHeldUntil = 0
    if (lateMs - waitMs > SLOT_LASTS_MS) return false
    const dueInMs = Math.max(waitMs - lateMs, 0)
    const sleepsAt = performance.now()
    await delay(dueInMs, undefined, { signal: gone })
    // A process that was not let run, or was busy with itself, wakes too late. One that always does goes on all the same.
    sleptOver = !sleptOver && performance.now() - sleepsAt - dueInMs > SLOT_LASTS_MS
    if (sleptOver) return false
    return !(waitMs > LOOK_AGAIN_MS && (await slots.held()) > 0)
  }

  return {
    join(ask, signal) {
      const left = new AbortController()
      const turn = ask.rpm === undefined ? next(ask, left.signal) : line.schedule(() => next(ask, left.signal))
      return placeOf(turn, left, signal)
    },
    async hold(ms, { slower }) {
      const leftMs = await slots.hold({ ms, slower }, minuteMs)
      heldUntil = performance.now() + leftMs
      return Math.ceil(Date.now() + leftMs)
    },
    heldForMs: () => Math.max(Math.max(heldUntil, foundHeldUntil) - performance.now(), 0),
  }
}

/** Waits for a turn again and again, without a trace in its promise each time. */
function placeOf(turn: Promise<void>, left: AbortController, signal: AbortSignal): Place {
  let settled: { readonly error?: unknown } | undefined
  let wake: (() => void) | undefined
  const settle = (end: { readonly error?: unknown }) => {
    settled ??= end
    signal.removeEventListener('abort', onAbort)
    wake?.()
  }
  function onAbort(): void {
    left.abort()
    settle({ error: signal.reason })
  }
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  turn.then(
    () => settle({}),
    (error: unknown) => settle({ error }),
  )
  return {
    async turn(patienceMs) {
      if (settled === undefined) {
        const { promise, resolve } = Promise.withResolvers<void>()
        const timer = setTimeout(resolve, patienceMs)
        wake = resolve
        await promise
        clearTimeout(timer)
      }
      if (settled === undefined) return 'wait'
      if ('error' in settled) throw settled.error
      return 'slot'
    },
    leave() {
      left.abort()
      settle({})
    },
  }
}
