import type { Grant } from './slot-book.ts'
import { type SlotBook, emptyBook, holdSlots, takeSlot } from './slot-book.ts'

/** Where the slots of a lane are taken from: one for all who send on it. */
export interface Slots {
  /** `spacingMs`: between two slots at the full limit. `stepMs`: how long a lowered pace stays before it climbs. */
  take(spacingMs: number, stepMs: number): Promise<Grant>
  /** The API said that we go too fast: no slot for `ms`, and a lower pace after that. Gives what is left of the hold, in ms. */
  hold(ms: number): Promise<number>
}

/** Slots for the senders of this process alone. */
export function localSlots(): Slots {
  let book: SlotBook = { ...emptyBook, next: 0 }
  return {
    take(spacingMs, stepMs) {
      const [next, grant] = takeSlot(book, Date.now(), spacingMs, stepMs)
      book = next
      return Promise.resolve(grant)
    },
    hold(ms) {
      const now = Date.now()
      book = holdSlots(book, now, ms)
      return Promise.resolve(book.heldUntil - now)
    },
  }
}
