import { type Calendar, fromGregorian } from './calendars.ts'
import { isScientific } from './cell-shape.ts'
import { type DateFormat, type DateParts, writeDate } from './date-format.ts'
import { MONTHS } from './month-names.ts'
import { emptyHint, nothingHint } from './nothing-hint.ts'

/** Why a text is not a date, for `Refuse`. */
export interface DateFault {
  readonly why: string
  readonly hint?: string | undefined
  /** The form in which it is a date with day and month in each other's place. */
  readonly turned?: string
}

/** What is said of a text that has not the format's form. */
export function explainShape(
  format: DateFormat,
  text: string,
  { calendar }: { readonly calendar?: Calendar | undefined },
): DateFault {
  const example = exampleOf(format, calendar)
  const why = `is not a date of the form ${format.text}; expected one such as ${example}`
  return { why, hint: nothingHint(text) ?? shapeHint(text, example) }
}

/** What is wrong with a date whose parts are there; nothing where it exists. `calendar`: it has no such day, which is known. */
export function explainDay(
  format: DateFormat,
  { year, month, day, era }: DateParts,
  calendar?: Calendar,
): DateFault | undefined {
  if (calendar !== undefined) {
    const what = era === undefined ? `year ${year}` : `year ${year} of ${era}`
    return { why: `is not a date: ${what} has no day ${day} in month ${month} (${calendar}); expected ${format.text}` }
  }
  if (year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)) return undefined
  const fault = (why: string, hint?: string): DateFault => ({
    why: `is not a date: ${why}; expected ${format.text}`,
    hint,
  })
  // Of two digits of a year, zeros are 2000: so Outlook writes that there is no birthday.
  const isZero = month === 0 && day === 0 && (year < 1 || (year === 2000 && !/yyy/.test(format.text)))
  const asNothing = isZero ? emptyHint(writeDate(format, { ...zero, year })) : undefined
  if (year < 1) return fault('there is no year 0', asNothing)
  if (asNothing !== undefined) return fault('there is no month 0', asNothing)
  if (month < 1 || month > 12) {
    const why = `month ${month} does not exist`
    const isSwapped = day >= 1 && day <= 12 && month >= 1 && month <= 31
    if (!isSwapped) return fault(why)
    return { ...fault(why, `Day and month may be swapped: the plan reads ${format.text}.`), turned: format.text }
  }
  const isNothing = year === 1900 && month === 1 && day === 0
  return fault(
    `day ${day} does not exist in ${MONTHS[month - 1]} ${year}`,
    isNothing ? emptyHint(writeDate(format, { ...zero, year, month })) : undefined,
  )
}

const zero: DateParts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, nano: 0 }

/** What is wrong with a time of day; nothing where it exists. `isHalf`: its hour is to be one of 1 to 12. */
export function explainTime(
  format: DateFormat,
  { hour, minute, second }: DateParts,
  isHalf = false,
): DateFault | undefined {
  const fault = (why: string): DateFault => ({ why: `is not a time: ${why}; expected ${format.text}` })
  if (isHalf) return fault(`hour ${hour} is not one of 1 to 12`)
  if (hour > 23) return fault(`hour ${hour} does not exist`)
  if (minute > 59) return fault(`minute ${minute} does not exist`)
  if (second > 59) return fault(`second ${second} does not exist`)
  return undefined
}

/** The last day of 2024, as the format writes it. */
function exampleOf(format: DateFormat, calendar: Calendar | undefined): string {
  const day = { year: 2024, month: 12, day: 31 }
  const shown = format.fields.has('era')
    ? { ...day, year: 6, era: '令和' }
    : calendar === undefined
      ? day
      : fromGregorian(calendar, day)
  return writeDate(format, { ...shown, hour: 16, minute: 5, second: 9, nano: 0, offset: 330 })
}

/** What the text looks like instead. */
function shapeHint(text: string, example: string): string | undefined {
  if (/\d/.test(text) && text.replaceAll(/\d+/g, '') === example.replaceAll(/\d+/g, '')) {
    return digitsHint(text.match(/\d+/g) ?? [], example.match(/\d+/g) ?? [])
  }
  if (/^\d{4}-?W\d\d(?:-?[1-7])?$/i.test(text))
    return 'It is the date of a week, which no form reads: have the day written.'
  if (/^(?:19|20)\d\d-?(?:[0-2]\d\d|3[0-6]\d)$/.test(text))
    return 'It may count the days of its year, which no form reads: have month and day written.'
  if (isScientific(text))
    return 'It is a number in E-notation: where it is still whole, format the column as text, and export it anew.'
  if (/^\d{5}(?:\.\d+)?$/.test(text))
    return "It may be a spreadsheet's number of a day: `serial-1900` in the place of the form reads these."
  if (/^-?\d{9,10}(?:\.\d+)?$/.test(text))
    return 'It may count seconds from 1970: `epoch-seconds` in the place of the form reads these.'
  if (/^-?\d{12,13}(?:\.0+)?$/.test(text))
    return 'It may count milliseconds from 1970: `epoch-milliseconds` in the place of the form reads these.'
  return undefined
}

/** Of numbers that stand where those of the example do: whose digits are more or fewer. */
function digitsHint(found: readonly string[], expected: readonly string[]): string | undefined {
  const has = (digits: number, wanted: number) =>
    found.some((number, at) => number.length === digits && expected[at]?.length === wanted)
  if (has(2, YEAR)) return 'Its year has two digits: the plan says yy, and `past` behind the form if no day lies ahead.'
  if (has(YEAR, 2)) return 'Its year has four digits: the plan says yyyy.'
  return has(1, 2) ? 'Where days and months may have one digit, the plan says d and M.' : undefined
}

const YEAR = 4

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
