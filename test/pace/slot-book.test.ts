import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  LATE_MS,
  LEAD_MS,
  type SlotBook,
  emptyBook,
  holdSlots,
  leftOfHold,
  takeSlot,
} from '../../src/pace/slot-book.ts'

const MINUTE = 60_000

/** Somebody asks for a slot after a while, the API says that we go too fast, the book is lost, or its clock put back. */
const happenings = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: fc.record({ kind: fc.constant('take' as const), afterMs: fc.nat(800) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('hold' as const), afterMs: fc.nat(5_000) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const), afterMs: fc.nat(5_000) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('back' as const), afterMs: fc.nat(5_000), byMs: fc.nat(100_000) }),
    },
  ),
  { minLength: 200, maxLength: 600 },
)

test('no minute holds more slots than the limit, whenever they are asked for, held, or lost, or the clock is put back', () => {
  fc.assert(
    fc.property(fc.constantFrom(10, 60, 100, 600), happenings, (rpm, acts) => {
      const spacing = (MINUTE + 400) / rpm
      let book: SlotBook = emptyBook
      let now = 1_000_000
      // What the clock has been put back by in all.
      let behindMs = 0
      const slots: number[] = []
      for (const act of acts) {
        now += act.afterMs
        if (act.kind === 'lose') book = emptyBook
        else if (act.kind === 'back') {
          now -= act.byMs
          behindMs += act.byMs
        } else if (act.kind === 'hold') book = holdSlots(book, now, 2_000, true)
        else {
          const [next, grant] = takeSlot(book, now, spacing, MINUTE / 4)
          book = next
          if (grant.kind === 'go') slots.push(now + behindMs + grant.waitMs)
        }
      }
      slots.sort((a, b) => a - b)
      for (const [index, slot] of slots.entries()) {
        const later = slots[index + rpm]
        if (later !== undefined) expect(later - slot).toBeGreaterThanOrEqual(MINUTE)
      }
    }),
  )
})

test('who always asks at once uses the whole limit', () => {
  const spacing = 100
  let book: SlotBook = { ...emptyBook, next: 0 }
  let now = 1_000_000
  const start = now
  for (let taken = 0; taken < 600; taken += 1) {
    const [next, grant] = takeSlot(book, now, spacing, MINUTE / 4)
    book = next
    expect(grant.kind).toBe('go')
    now += grant.waitMs
  }
  expect(now - start).toBeLessThanOrEqual(599 * spacing)
  expect(now - start).toBeGreaterThanOrEqual(599 * spacing - LATE_MS)
})

test('slots are not taken far ahead: the caller asks again', () => {
  let book: SlotBook = { ...emptyBook, next: 0 }
  const grants = Array.from({ length: 5 }, () => {
    const [next, grant] = takeSlot(book, 1_000_000, 600, MINUTE / 4)
    book = next
    return grant
  })
  expect(grants.map(({ kind }) => kind)).toEqual(['go', 'go', 'ask', 'ask', 'ask'])
  for (const { kind, waitMs } of grants) if (kind === 'go') expect(waitMs).toBeLessThanOrEqual(LEAD_MS)
})

test('one word of going too fast halves the pace once, and each quarter of a minute gives an eighth of the limit back', () => {
  const now = 1_000_000
  let book = holdSlots(holdSlots(emptyBook, now, 10_000, true), now + 5, 10_000, true)
  expect(book).toMatchObject({ share: 0.5, heldUntil: now + 10_005 })
  const shareAfter = (ms: number) => takeSlot(book, book.heldUntil + ms, 100, MINUTE / 4)[0].share
  expect(shareAfter(14_999)).toBe(0.5)
  expect(shareAfter(15_000)).toBe(0.625)
  expect(shareAfter(60_000)).toBe(1)
  for (let again = 0; again < 10; again += 1) book = holdSlots(book, book.heldUntil, 1_000, true)
  expect(book.share).toBe(0.125)
})

test('a word that the host is not there for a while holds the lane, and is none about the pace', () => {
  const now = 1_000_000
  const book = holdSlots({ ...emptyBook, next: now }, now, 2_000, false)
  expect(takeSlot(book, now, 100, MINUTE / 4)[1]).toEqual({ kind: 'ask', waitMs: 2_000 })
  expect(takeSlot(book, now + 2_000, 100, MINUTE / 4)[0]).toMatchObject({ share: 1, gapMs: 100 })
})

test('a clock that is put back by an hour neither stops the lane nor keeps it slow', () => {
  const hour = 3_600_000
  const now = 1_000_000_000
  let [book] = takeSlot({ ...emptyBook, next: 0 }, now, 600, MINUTE / 4)
  expect(takeSlot(book, now - hour, 600, MINUTE / 4)[1]).toEqual({ kind: 'ask', waitMs: 600 })
  book = holdSlots(book, now, 30_000, true)
  expect(leftOfHold(book, now - hour)).toBe(0)
  expect(takeSlot(book, now - hour, 600, MINUTE / 4)[1].waitMs).toBeLessThanOrEqual(1_200)
  // Half the pace, until the quarters of a minute have passed by the new time.
  ;[book] = takeSlot(book, now - hour, 600, MINUTE / 4)
  expect(book.share).toBe(0.5)
  ;[book] = takeSlot(book, now - hour + MINUTE, 600, MINUTE / 4)
  expect(book.share).toBe(1)
})

test('what one run takes at a low limit keeps its distance from what another takes at a high one', () => {
  const now = 1_000_000
  const [book] = takeSlot({ ...emptyBook, next: now }, now, 6_000, MINUTE / 4)
  expect(takeSlot(book, now, 100, MINUTE / 4)[1]).toEqual({ kind: 'ask', waitMs: 6_000 - LEAD_MS })
})
