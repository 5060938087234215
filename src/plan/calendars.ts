/** A day of the Gregorian calendar; months count from 1. */
export interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/**
 * Calendars that a plan may name, as Unicode calls them: Thailand's years, Taiwan's (Minguo), Japan's eras, Iran's solar
 * calendar, the Islamic one as Saudi Arabia reckons it and by two rules of arithmetic, India's national one, Ethiopia's and
 * the Copts'.
 */
export const CALENDARS = [
  'buddhist',
  'roc',
  'japanese',
  'persian',
  'islamic-umalqura',
  'islamic-civil',
  'islamic-tbla',
  'indian',
  'ethiopic',
  'coptic',
] as const

export type Calendar = (typeof CALENDARS)[number]

export function isCalendar(name: string): name is Calendar {
  return (CALENDARS as readonly string[]).includes(name)
}

/** The calendar whose months' names a calendar's dates have. */
export function monthsOf(calendar: Calendar | undefined): string {
  return calendar === undefined || calendar === 'buddhist' || calendar === 'roc' || calendar === 'japanese'
    ? 'gregory'
    : calendar
}

/** A day of a calendar in the Gregorian one; undefined where there is no such day. */
export function toGregorian(calendar: Calendar, year: number, month: number, day: number): Day | undefined {
  const known = daysOf(calendar)
  const key = (year * 16 + month) * 64 + day
  if (known.has(key)) return known.get(key)
  const found = convert({ calendar, year, month, day })
  remember(known, key, found)
  return found
}

/** A day of an era of Japan's (`showa`), whose first year is 1; undefined where the era has no such day. */
export function toGregorianOfEra(era: string, eraYear: number, month: number, day: number): Day | undefined {
  const date = convert({ calendar: 'japanese', era, eraYear, month, day })
  if (date === undefined) return undefined
  const japanese = Temporal.PlainDate.from(date).withCalendar('japanese')
  return japanese.era === era && japanese.eraYear === eraYear ? date : undefined
}

/** The year, month and day that a calendar gives to a day. */
export function fromGregorian(calendar: Calendar, date: Day): Day {
  const { year, month, day } = Temporal.PlainDate.from({ ...date }).withCalendar(calendar)
  return { year, month, day }
}

const caches = new Map<Calendar, Map<number, Day | undefined>>()

function daysOf(calendar: Calendar): Map<number, Day | undefined> {
  let known = caches.get(calendar)
  if (known === undefined) caches.set(calendar, (known = new Map()))
  return known
}

/** Some ninety years of days: a file seldom has more, and the memory is bounded if it does. */
function remember(known: Map<number, Day | undefined>, key: number, day: Day | undefined): void {
  if (known.size >= 33_000) known.clear()
  known.set(key, day)
}

function convert(fields: Temporal.PlainDateLike): Day | undefined {
  try {
    const { year, month, day } = Temporal.PlainDate.from(fields, { overflow: 'reject' }).withCalendar('iso8601')
    return { year, month, day }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
