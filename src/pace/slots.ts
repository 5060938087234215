import type { Grant } from './slot-book.ts'
import { type SlotBook, emptyBook, holdSlots, leftOfHold, takeSlot } from './slot-book.ts'

/** Where the slots of a lane are taken from: one for all who send on it. */
export interface Slots {
  /**
   * A slot at `rpm` a `minuteMs`, or at what was set for the run, and not faster than what was set for any other. A
   * lowered pace climbs by a step each quarter of that time.
   */
  take(ask: { readonly run: string; readonly rpm: number }, minuteMs: number): Promise<Grant>
  /**
   * Sets a run's limit, whatever its slots are asked for at; undefined: no longer. It is to be set again every
   * `LIMIT_LASTS_MS` at the latest, for as long as the run is under way.
   */
  setLimit(run: string, rpm: number | undefined): Promise<void>
  /**
   * The API said so: no slot for `ms`, or until the next minute of `minuteMs` begins, and where we are too fast a lower
   * pace after that. Gives what is left of the hold, in ms.
   */
  hold(hold: { readonly ms: number | undefined; readonly slower: boolean }, minuteMs: number): Promise<number>
  /** What is left of a hold, in ms; 0 where there is none. */
  held(): Promise<number>
}

/** A run that ended without taking its limit back keeps others to it for so long. */
export const LIMIT_LASTS_MS = 600_000

/** Slots for the senders of this process alone. */
export function localSlots(now: () => number = () => performance.now()): Slots {
  let book: SlotBook = { ...emptyBook, next: -Infinity }
  const limits = new Map<string, number>()
  return {
    take({ run, rpm }, minuteMs) {
      const [next, grant] = takeSlot(book, now(), minuteMs / limitOf(run, rpm, limits), minuteMs / 4)
      book = next
      return Promise.resolve(grant)
    },
    setLimit(run, rpm) {
      if (rpm === undefined) limits.delete(run)
      else limits.set(run, rpm)
      return Promise.resolve()
    },
    hold({ ms, slower }, minuteMs) {
      // The minute is the wall clock's: where it ends is a guess about the API's own.
      book = holdSlots(book, now(), ms ?? minuteMs - (Date.now() % minuteMs), slower)
      return Promise.resolve(leftOfHold(book, now()))
    },
    held: () => Promise.resolve(leftOfHold(book, now())),
  }
}

/** The requests a minute at which a run takes its slots, by the limits that were set. */
function limitOf(run: string, rpm: number, limits: ReadonlyMap<string, number>): number {
  const others = Array.from(limits, ([name, limit]) => (name === run ? Infinity : limit))
  return Math.min(limits.get(run) ?? rpm, ...others)
}
