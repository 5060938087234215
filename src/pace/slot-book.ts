/**
 * Which slots of a lane are taken. Times are milliseconds, all by one clock.
 * The rules here are those of the scripts in `redis-slots.ts`, where Redis keeps the book for many processes; one suite
 * of tests is for both.
 */
export interface SlotBook {
  /** The next slot that nobody has; undefined where nothing is known of the slots taken so far. */
  readonly next?: number
  /** How far the next slot was put behind the last one that somebody took. */
  readonly gapMs?: number
  /** No slot in between: the API said that we go too fast. */
  readonly heldFrom: number
  readonly heldUntil: number
  /** The share of the limit that is used, from just above 0 to 1: less after the API said so. */
  readonly share: number
  /** Since when the share is what it is. */
  readonly shareSince: number
}

/** `go`: the slot is the caller's, in so many milliseconds. `ask`: none was taken; ask again after so many. */
export interface Grant {
  readonly kind: 'go' | 'ask'
  readonly waitMs: number
}

export const emptyBook: SlotBook = { heldFrom: -Infinity, heldUntil: -Infinity, share: 1, shareSince: -Infinity }

/**
 * Slots are taken at most so long ahead. After the book is lost, the next slot is a spacing further off than that: as
 * far from the last one that was taken from the lost book, whenever that is, as slots must be.
 */
export const LEAD_MS = 1_000
/** A slot that passed unused while everybody was busy may still be taken for so long. */
export const LATE_MS = 150
/** What is left of the pace after the API said that it is too fast, at least. */
const LEAST_SHARE = 0.125
/** How much of the limit comes back in each quarter of a minute without another such word. */
const SHARE_STEP = 0.125

/**
 * `spacingMs`: the time between two slots at the full limit. `stepMs`: how long the pace stays before it climbs.
 * A clock that was put back shows in times that lie further ahead than any that was noted: they count no more, for the
 * lane would stand still until the clock has made up for it.
 */
export function takeSlot(book: SlotBook, now: number, spacingMs: number, stepMs: number): readonly [SlotBook, Grant] {
  const heldMs = leftOfHold(book, now)
  if (heldMs > 0) return [book, { kind: 'ask', waitMs: heldMs }]
  const climbed = climb(book, now, stepMs)
  const gapMs = spacingMs / climbed.share
  const furthest = now + LEAD_MS + Math.max(climbed.gapMs ?? 0, gapMs)
  const slot = Math.max(Math.min(climbed.next ?? furthest, furthest), now - LATE_MS)
  if (slot - now > LEAD_MS)
    return [
      { ...climbed, next: slot },
      { kind: 'ask', waitMs: slot - now - LEAD_MS },
    ]
  return [
    { ...climbed, next: slot + gapMs, gapMs },
    { kind: 'go', waitMs: Math.max(slot - now, 0) },
  ]
}

/** What is left of a hold, in ms; 0 where there is none. */
export function leftOfHold({ heldFrom, heldUntil }: SlotBook, now: number): number {
  return now < heldFrom - LEAD_MS ? 0 : Math.max(heldUntil - now, 0)
}

/**
 * No slot for `ms`, and where we are to go `slower` half the pace after that. What comes while the lane is held already
 * only makes it longer.
 */
export function holdSlots(book: SlotBook, now: number, ms: number, slower: boolean): SlotBook {
  const heldMs = leftOfHold(book, now)
  const heldUntil = now + Math.max(heldMs, ms)
  if (!slower) return { ...book, heldFrom: now, heldUntil }
  const share = heldMs > 0 ? book.share : Math.max(book.share / 2, LEAST_SHARE)
  return { ...book, heldFrom: now, heldUntil, share, shareSince: heldUntil }
}

function climb(book: SlotBook, now: number, stepMs: number): SlotBook {
  if (book.share >= 1) return book
  const since = Math.min(book.shareSince, now)
  const steps = Math.floor((now - since) / stepMs)
  return { ...book, share: Math.min(book.share + steps * SHARE_STEP, 1), shareSince: since + steps * stepMs }
}
