import type { Json } from '../model.ts'
import { parseDateFormat, writeDate } from './date-format.ts'
import type { DateField, DateFormat, DateParts } from './date-format.ts'
import { readDate } from './read-date.ts'
import type { Filter, FilterMistake, Refuse } from './template.ts'
import { textOf } from './values.ts'
import { readZone, writeInstant } from './zone.ts'

/** `date <format> [as <format>]`: a day, written as `yyyy-MM-dd` unless told otherwise. */
export function makeDateFilter(args: readonly string[]): Filter | FilterMistake {
  const [from, as, to = 'yyyy-MM-dd', ...rest] = args
  if (from === undefined || (as !== undefined && (as !== 'as' || args[2] === undefined)) || rest.length > 0) {
    const usage =
      'The filter `date` is written `date <format>` or `date <format> as <format>`, as in `date dd/MM/yyyy`.'
    return { mistake: `${usage} A format that holds spaces stands in quotes.` }
  }
  const reading = readingFormat(from)
  if ('mistake' in reading) return reading
  const writing = parseDateFormat(to)
  if ('mistake' in writing) return writing
  return dateFilter(reading, (parts) => writeDate(writing, parts))
}

/**
 * `datetime <format> [<zone>]`: an instant, written as `YYYY-MM-DDTHH:MM:SS±HH:MM`. The zone is an IANA name, an offset
 * or Z. Without one, the value's own offset counts (XXX in the format), and without that, UTC.
 */
export function makeDatetimeFilter(args: readonly string[]): Filter | FilterMistake {
  const [from, zoneName, ...rest] = args
  if (from === undefined || rest.length > 0) {
    const usage = 'The filter `datetime` is written `datetime <format>` or `datetime <format> <zone>`, as in'
    return {
      mistake: `${usage} \`datetime yyyy-MM-dd Asia/Kolkata\`. A format that holds spaces stands in quotes.`,
    }
  }
  const reading = readingFormat(from)
  if ('mistake' in reading) return reading
  const zone = zoneName === undefined ? undefined : readZone(zoneName)
  if (typeof zone === 'object') return zone
  return dateFilter(reading, (parts) => writeInstant(parts, zone))
}

function readingFormat(text: string): DateFormat | FilterMistake {
  const format = parseDateFormat(text)
  if ('mistake' in format) return format
  const needed: readonly DateField[] = ['year', 'month', 'day']
  const missing = needed.find((field) => !format.fields.has(field))
  if (missing === undefined) return format
  const minutes = missing === 'month' && format.fields.has('minute') ? ' (mm means minutes, MM means the month)' : ''
  return { mistake: `The format \`${text}\` has no ${missing}${minutes}. A date needs yyyy, MM and dd.` }
}

function dateFilter(format: DateFormat, write: (parts: DateParts) => string): Filter {
  const read = (value: Json, refuse: Refuse): Json | undefined => {
    const text = textOf(value)
    if (text === undefined) return refuse(value, `is not a date of the form ${format.text}; expected text`)
    const parts = readDate(format, text.trim())
    return 'why' in parts ? refuse(value, parts.why, parts.hint) : write(parts)
  }
  return { kind: 'read', read }
}
