import { type Day, fromGregorian } from './calendars.ts'
import type { DateForm } from './date-form.ts'
import { type DateParts, type DateToken, writeDate } from './date-format.ts'

/** A text that two forms read as different days, of those that dates of our time may be written as; undefined where there is none. */
export function commonValue(one: DateForm, other: DateForm): string | undefined {
  return [...textsOf(one), ...textsOf(other)].find((text) => {
    const first = one.read(text)
    const second = other.read(text)
    if ('why' in first || 'why' in second) return false
    return isOfOurTime(first) && isOfOurTime(second) && !isSameDay(first, second)
  })
}

/** Of what is further off, each value is looked at when it comes. */
function isOfOurTime({ year }: DateParts): boolean {
  return year > 1800 && year < 2200
}

/** Whether two forms read the same; what differs in the time of day alone is the same day. */
function isSameDay(one: DateParts, other: DateParts): boolean {
  return one.year === other.year && one.month === other.month && one.day === other.day && one.hour === other.hour
}

/** How a form may write the days below; of counts, some numbers that other counts read too. */
function textsOf({ format, calendar }: DateForm): readonly string[] {
  if (format === undefined) return ['0', '1000', '45657', '880510', '1000101', '573177600', '1735603200']
  const padded = {
    ...format,
    tokens: format.tokens.map((token) => (isShort(token) ? { ...token, min: token.max } : token)),
  }
  return DAYS.flatMap((day) => {
    const written = format.fields.has('era') ? inEra(day) : calendar === undefined ? day : fromGregorian(calendar, day)
    const parts: DateParts = { ...written, hour: 16, minute: 5, second: 9, nano: 0 }
    return [writeDate(format, parts), writeDate(padded, parts)]
  })
}

function isShort(token: DateToken): token is Extract<DateToken, { kind: 'digits' }> {
  return token.kind === 'digits' && token.max === 2
}

function inEra(day: Day): Day & { readonly era: string } {
  const { era = '', eraYear = 1, month, day: ofMonth } = Temporal.PlainDate.from({ ...day }).withCalendar('japanese')
  return { era, year: eraYear, month, day: ofMonth }
}

/** Those that show a mistake best come first. */
const YEARS = [2024, 2025, 2031, 2012, 2010, 2001, 1999, 1988, 1973, 1968, 1950, 1932, 1931, 1919, 1912, 1901]
const MONTHS = [4, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12]
const DAYS = YEARS.flatMap((year) =>
  [3, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 19, 20, 21, 28].flatMap((day) =>
    MONTHS.map((month): Day => ({ year, month, day })),
  ),
)
