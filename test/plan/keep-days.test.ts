import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DateParts } from '../../src/plan/date-format.ts'
import { keepDays } from '../../src/plan/keep-days.ts'
import { writeInstant } from '../../src/plan/zone.ts'

test('what is kept is written as it would be anew, whichever dates were written before', () => {
  const date: fc.Arbitrary<DateParts> = fc.record(
    {
      year: fc.constantFrom(1970, 1988, 2024),
      month: fc.constantFrom(1, 2, 12),
      day: fc.constantFrom(1, 28),
      hour: fc.constantFrom(0, 0, 5),
      minute: fc.constantFrom(0, 0, 30),
      second: fc.constantFrom(0, 0, 1),
      nano: fc.constantFrom(0, 0, 5),
      offset: fc.constantFrom(0, 330),
      era: fc.constantFrom('昭和'),
    },
    { requiredKeys: ['year', 'month', 'day', 'hour', 'minute', 'second', 'nano'] },
  )
  fc.assert(
    fc.property(fc.array(date, { maxLength: 8 }), (dates) => {
      const kept = keepDays(write)
      for (const each of [...dates, ...dates]) expect(kept(each)).toBe(write(each))
    }),
  )
})

/** All that a date is written from. */
function write(parts: DateParts): string {
  const { nano, offset = '', era = '' } = parts
  return `${writeInstant(parts, undefined)} ${nano} ${offset} ${era}`
}
