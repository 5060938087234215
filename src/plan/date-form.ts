import type { Calendar } from './calendars.ts'
import { COUNTED_DATES, readCountedDate } from './counted-dates.ts'
import { parseDateFormat } from './date-format.ts'
import type { DateField, DateFormat, DateParts } from './date-format.ts'
import type { DateFault } from './explain-date.ts'
import { otherSignsHint } from './other-signs.ts'
import { type DateRules, readDate } from './read-date.ts'
import type { FilterMistake } from './template.ts'
import { timeBehindHint } from './time-behind.ts'
import { wholeDigits } from './whole-digits.ts'

/** One form in which a column's dates are written: a format, or a count such as `epoch-seconds`. */
export interface DateForm {
  /** As the plan has it. */
  readonly text: string
  readonly calendar?: Calendar | undefined
  readonly hasTime: boolean
  /** Absent where dates are counts. */
  readonly format?: DateFormat
  readonly read: (text: string) => DateParts | DateFault
}

export function makeDateForm(text: string, rules: DateRules): DateForm | FilterMistake {
  const counted = COUNTED_DATES.find(({ name }) => name === text)
  if (counted !== undefined) {
    if (rules.calendar !== undefined) return { mistake: `\`${text}\` counts days, and takes no calendar.` }
    const hasTime = counted.isInstant || counted.name.startsWith('serial')
    return { text, hasTime, read: (cell) => readCountedDate(counted, cell) }
  }
  const format = parseDateFormat(text)
  if ('mistake' in format) return format
  const mistake = missingField(format) ?? wrongCalendar(format, rules.calendar)
  if (mistake !== undefined) return { mistake }
  const { hasTime } = format
  const read = (cell: string): DateParts | DateFault => {
    const parts = readDate(format, cell, rules)
    if (!('why' in parts)) return parts
    const digits = wholeDigits(format, cell)
    const mended = digits === undefined ? undefined : readDate(format, digits, rules)
    if (mended !== undefined && !('why' in mended)) return mended
    return parts.hint === undefined
      ? { why: parts.why, hint: timeBehindHint(format, cell, rules) ?? otherSignsHint(format, cell, rules) }
      : parts
  }
  return { text, calendar: rules.calendar, hasTime, format, read }
}

function missingField({ text, fields }: DateFormat): string | undefined {
  const needed: readonly DateField[] = ['year', 'month', 'day']
  const missing = needed.find((field) => !fields.has(field))
  if (missing === undefined) return undefined
  const minutes = missing === 'month' && fields.has('minute') ? ' (mm means minutes, MM means the month)' : ''
  return `The format \`${text}\` has no ${missing}${minutes}. A date needs yyyy, MM and dd.`
}

function wrongCalendar({ text, fields }: DateFormat, calendar: Calendar | undefined): string | undefined {
  if (!fields.has('era') || calendar === undefined || calendar === 'japanese') return undefined
  return `The format \`${text}\` has an era of Japan's (G), and ${calendar} is another calendar.`
}
