import type { DateParts } from './date-format.ts'
import { orderOf } from './short-years.ts'

/** The same writing, which keeps what it wrote of days: a file has few of them, and many rows of each. */
export function keepDays(write: (parts: DateParts) => string): (parts: DateParts) => string {
  const known = new Map<number, string>()
  return (parts) => {
    if (!isPlainDay(parts)) return write(parts)
    const day = orderOf(parts)
    let text = known.get(day)
    if (text === undefined) {
      text = write(parts)
      if (known.size < MOST_KEPT) known.set(day, text)
    }
    return text
  }
}

/** Whether the day alone says what is written: the time is midnight, and neither an offset nor an era is its own. */
function isPlainDay({ hour, minute, second, nano, offset, era }: DateParts): boolean {
  return hour === 0 && minute === 0 && second === 0 && nano === 0 && offset === undefined && era === undefined
}

/** The days of fifty years and more. */
const MOST_KEPT = 20_000
