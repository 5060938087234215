import type { NumberFormat } from './number-formats.ts'

/**
 * A cell's number as text: dates as `yyyy-MM-dd`, with `HH:mm:ss` behind where their format has a time or hides one that makes
 * the day doubtful, times alone as `HH:mm:ss`, and other numbers with all their digits, whatever their format rounds away.
 */
export function numberText(value: number, format: NumberFormat, { from1904 }: { from1904: boolean }): string {
  switch (format.kind) {
    case 'plain':
      return String(value)
    case 'padded':
      return Number.isInteger(value) && value >= 0 ? String(value).padStart(format.digits, '0') : String(value)
    case 'time':
      return timeText(Math.round(value * DAY_SECONDS))
    case 'date':
    case 'datetime': {
      const seconds = Math.round(value * DAY_SECONDS)
      const day = format.kind === 'date' ? Math.floor(value) : Math.floor(seconds / DAY_SECONDS)
      const date = dateText(day, from1904)
      if (date === undefined) return String(value)
      const rest = seconds - day * DAY_SECONDS
      return format.kind === 'date' && !mayBeMidnight(rest) ? date : `${date} ${timeText(rest)}`
    }
  }
}

/**
 * Whether a time of day that the format does not show, in seconds, may be midnight of another day: of a place whose clocks
 * differ from UTC by so many quarters of an hour (writers in JavaScript put 10 May in India down as 18:30 of 9 May), or of
 * the next day, which is missed by some seconds (by writers that take clocks of before 1970 into account).
 */
function mayBeMidnight(seconds: number): boolean {
  return (seconds % 900 === 0 && seconds !== 0) || (seconds >= DAY_SECONDS - 60 && seconds < DAY_SECONDS - 1)
}

/** Days from the workbook's first day. The year 1900 counts a 29 February that it never had, as day 60. */
function dateText(day: number, from1904: boolean): string | undefined {
  const days = from1904 ? day - DAYS_TO_1970_FROM_1904 : day - DAYS_TO_1970 + (day < 60 ? 1 : 0)
  const date = new Date(days * DAY_SECONDS * 1000)
  const year = date.getUTCFullYear()
  return day < 0 || Number.isNaN(year) || year > 9999 ? undefined : date.toISOString().slice(0, 10)
}

function timeText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

const DAY_SECONDS = 86_400
const DAYS_TO_1970 = 25_569
const DAYS_TO_1970_FROM_1904 = 24_107
