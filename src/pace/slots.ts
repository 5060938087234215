import type { Grant } from './slot-book.ts'
import { type SlotBook, emptyBook, holdSlots, leftOfHold, takeSlot } from './slot-book.ts'

/** Where the slots of a lane are taken from: one for all who send on it. */
export interface Slots {
  /**
   * A slot at that many a `minuteMs`, or at the limit that was set for all. A lowered pace climbs by a step each
   * quarter of that time.
   */
  take(limit: number, minuteMs: number): Promise<Grant>
  /** Sets the limit for all who take slots here, whatever they ask for; undefined: no longer. */
  setLimit(limit: number | undefined): Promise<void>
  /**
   * The API said that we go too fast: no slot for `ms`, or until the next minute of `minuteMs` begins, and a lower pace
   * after that. Gives what is left of the hold, in ms.
   */
  hold(ms: number | undefined, minuteMs: number): Promise<number>
  /** What is left of a hold, in ms; 0 where there is none. */
  held(): Promise<number>
}

/** Slots for the senders of this process alone. */
export function localSlots(): Slots {
  let book: SlotBook = { ...emptyBook, next: 0 }
  let limitForAll: number | undefined
  return {
    take(limit, minuteMs) {
      const [next, grant] = takeSlot(book, Date.now(), minuteMs / (limitForAll ?? limit), minuteMs / 4)
      book = next
      return Promise.resolve(grant)
    },
    setLimit(limit) {
      limitForAll = limit
      return Promise.resolve()
    },
    hold(ms, minuteMs) {
      const now = Date.now()
      book = holdSlots(book, now, ms ?? minuteMs - (now % minuteMs))
      return Promise.resolve(leftOfHold(book, now))
    },
    held: () => Promise.resolve(leftOfHold(book, Date.now())),
  }
}
