import { type Calendar, type Day, fromGregorian, toGregorian } from './calendars.ts'

/** Whose years they are, and what no date lies behind. */
interface YearRules {
  readonly calendar?: Calendar | undefined
  readonly notAfter?: Day | undefined
}

/**
 * The year that two digits mean, in their own calendar: one from 1969 to 2068 or, where a date is not to lie ahead, the last
 * such year in which it does not.
 */
export function fullYear({ year, month, day }: Day, { calendar, notAfter }: YearRules): number {
  if (notAfter === undefined) return inCentury(year, calendar === undefined ? FIRST : firstYear(calendar))
  const last = calendar === undefined ? notAfter.year : fromGregorian(calendar, notAfter).year
  const latest = inCentury(year, last - 99)
  const date = calendar === undefined ? { year: latest, month, day } : toGregorian(calendar, latest, month, day)
  return date !== undefined && isAfter(date, notAfter) ? latest - 100 : latest
}

export function isAfter(date: Day, other: Day): boolean {
  return orderOf(date) > orderOf(other)
}

/** A number by which days are in order. */
export function orderOf({ year, month, day }: Day): number {
  return (year * 16 + month) * 64 + day
}

/** Two digits mean a year from here on, for a hundred years. */
const FIRST = 1969

const firstYears = new Map<Calendar, number>()

function firstYear(calendar: Calendar): number {
  let first = firstYears.get(calendar)
  if (first === undefined) {
    first = fromGregorian(calendar, { year: FIRST, month: 1, day: 1 }).year
    firstYears.set(calendar, first)
  }
  return first
}

/** The year with these last two digits among the hundred from `first` on. */
function inCentury(digits: number, first: number): number {
  const year = first - (first % 100) + digits
  return year < first ? year + 100 : year
}
