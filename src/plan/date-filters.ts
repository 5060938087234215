import type { Json } from '../model.ts'
import { type DateArguments, type DateContext, readDateArguments } from './date-arguments.ts'
import type { DateForm } from './date-form.ts'
import { parseDateFormat, writeDate } from './date-format.ts'
import type { DateFormat, DateParts } from './date-format.ts'
import { dateText } from './date-text.ts'
import { watchDefaultBirths } from './default-birth-watch.ts'
import { makeDoubt } from './doubtful-dates.ts'
import type { DateFault } from './explain-date.ts'
import { keepDays } from './keep-days.ts'
import { watchMidnights } from './midnight-watch.ts'
import { watchOrder } from './order-watch.ts'
import { watchSeconds } from './seconds-watch.ts'
import { isAfter } from './short-years.ts'
import type { Filter, FilterMistake } from './template.ts'
import { textOf } from './values.ts'
import type { Watch } from './watch.ts'
import { type Zone, readZone, writeInstant } from './zone.ts'

/**
 * `date <form> [or <form> …] [<calendar>] [past] [in <zone>] [as <format>]`: a day, written as `yyyy-MM-dd` unless told
 * otherwise. `in`: the day that it is there at that instant; without an offset of its own, it is one of UTC.
 */
export function makeDateFilter(args: readonly string[], context: DateContext): Filter | FilterMistake {
  const told = readDateArguments(args, { ...context, filter: 'date' })
  if ('mistake' in told) return told
  const zone = told.zone === undefined ? undefined : readZone(told.zone)
  if (zone !== undefined && 'mistake' in zone) return zone
  const format = told.as ?? isoDay
  const seconds = watchSeconds(told.forms)
  const midnights = zone === undefined && told.forms.some(({ hasTime }) => hasTime) ? watchMidnights() : undefined
  const place = (parts: DateParts, { hasTime }: DateForm): DateParts => {
    // What has no time is a day already.
    if (!hasTime) return parts
    midnights?.see(parts)
    return zone === undefined ? parts : zone.place({ ...parts, offset: parts.offset ?? 0 })
  }
  const write = (parts: DateParts): string => writeDate(format, parts)
  return dateFilter(told, { context, place, write, watches: [midnights, seconds], see: seconds?.see })
}

/**
 * `datetime <form> [or <form> …] [<calendar>] [past] [<zone>] [as <format>]`: an instant, written as
 * `YYYY-MM-DDTHH:MM:SS±HH:MM` unless told otherwise. The zone is an IANA name, an offset or Z. Without one, the value's own
 * offset counts (XXX in the format), and without that, UTC.
 */
export function makeDatetimeFilter(args: readonly string[], context: DateContext): Filter | FilterMistake {
  const told = readDateArguments(args, { ...context, filter: 'datetime' })
  if ('mistake' in told) return told
  const zone = told.zone === undefined ? undefined : readZone(told.zone)
  if (zone !== undefined && 'mistake' in zone) return zone
  const { as } = told
  const write = as === undefined ? (parts: DateParts) => writeInstant(parts, zone) : writeAs(as, zone)
  const seconds = watchSeconds(told.forms)
  return dateFilter(told, { context, write, watches: [seconds], see: seconds?.see })
}

function writeAs(format: DateFormat, zone: Zone | undefined): (parts: DateParts) => string {
  return (parts) => writeDate(format, zone === undefined ? parts : zone.place(parts))
}

const isoDay = ((): DateFormat => {
  const format = parseDateFormat('yyyy-MM-dd')
  if ('mistake' in format) throw new Error(format.mistake)
  return format
})()

interface Reading {
  readonly context: DateContext
  /** What is looked at and written. */
  readonly place?: (parts: DateParts, form: DateForm) => DateParts
  readonly write: (parts: DateParts) => string
  readonly watches: readonly (Watch | undefined)[]
  /** Looks at each date as it is read. */
  readonly see: ((parts: DateParts) => void) | undefined
}

function dateFilter({ forms, isPast }: DateArguments, reading: Reading): Filter {
  const { context, place, watches, see } = reading
  const write = keepDays(reading.write)
  const doubtOf = makeDoubt({ ...context, calendar: forms[0].calendar })
  const names = forms.map(({ text }) => text).join(' or ')
  const [first, ...others] = forms
  const order = watchOrder(forms)
  const births = context.isOfBirth ? watchDefaultBirths() : undefined
  return {
    kind: 'read',
    read(value, refuse, doubt): Json | undefined {
      const text = textOf(value)
      if (text === undefined) return refuse(value, `is not a date of the form ${names}; expected text`)
      const found = others.length === 0 ? first.read(dateText(text)) : readByAny(forms, dateText(text))
      if ('why' in found) {
        order?.seeFault(found)
        return refuse(value, found.why, found.hint)
      }
      const [read, form] = 'form' in found ? [found.parts, found.form] : [found, first]
      see?.(read)
      order?.see(read, form)
      const parts = place === undefined ? read : place(read, form)
      births?.see(parts)
      if (isPast && isAfter(parts, context.today)) {
        return refuse(value, 'lies ahead; expected a day that is past')
      }
      // West of UTC, the midnight that programs write for no date is the day before.
      const why = doubtOf(parts) ?? (parts === read || !isMidnight(read) ? undefined : doubtOf(read))
      if (why !== undefined) doubt(value, why.why, why.hint)
      return write(parts)
    },
    watches: [...watches, order, births].filter((watch) => watch !== undefined),
  }
}

function isMidnight({ hour, minute, second }: DateParts): boolean {
  return hour === 0 && minute === 0 && second === 0
}

interface Found {
  readonly parts: DateParts
  readonly form: DateForm
}

function readByAny(forms: DateArguments['forms'], text: string): Found | DateFault {
  const readings = forms.map((form) => form.read(text))
  const found = readings.flatMap((reading, at) =>
    'why' in reading ? [] : [{ parts: reading, form: forms[at] ?? forms[0] }],
  )
  const [first, second] = found
  if (first === undefined) return faultOf(forms, readings)
  // The forms were held against each other by dates of our time: this one is none.
  const isSame = second === undefined || writeInstant(first.parts, undefined) === writeInstant(second.parts, undefined)
  return isSame
    ? first
    : { why: `may be read as ${first.form.text} or as ${second.form.text}; expected a date of our time` }
}

/** A date that does not exist says more than that it has another form. */
function faultOf(forms: readonly DateForm[], readings: readonly (DateParts | DateFault)[]): DateFault {
  const faults = readings.flatMap((reading) => ('why' in reading ? [reading] : []))
  const known = faults.find(({ why }) => !why.includes(' of the form '))
  if (known !== undefined) return known
  const examples = faults.map(({ why }) => / such as ([^;]*)$/.exec(why)?.[1]).join(' or ')
  return {
    why: `is not a date of the form ${forms.map(({ text }) => text).join(' or ')}; expected one such as ${examples}`,
    hint: faults.find(({ hint }) => hint !== undefined)?.hint,
  }
}
