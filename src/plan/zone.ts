import { pad, writeOffset } from './date-format.ts'
import type { DateParts } from './date-format.ts'
import { didYouMean } from './nearest.ts'

export interface Zone {
  /** `YYYY-MM-DDTHH:MM:SS±HH:MM` in the zone: of a time of its own, or of one anywhere that has its offset. */
  readonly write: (parts: DateParts) => string
  /** The same as parts, with the zone's offset. */
  readonly place: (parts: DateParts) => DateParts
}

/** A zone by its IANA name, an offset such as `+05:30`, or Z. */
export function readZone(name: string): Zone | { readonly mistake: string } {
  const plainName = /^(?:z|utc|gmt)$/i.test(name) ? 'UTC' : name
  if (isZone(plainName)) return makeZone(plainName)
  const suggestion = didYouMean(name, Intl.supportedValuesOf('timeZone'))
  const rest = 'A zone is a name such as Asia/Kolkata, an offset such as +05:30, or Z.'
  return {
    mistake: `There is no time zone \`${name}\`.${suggestion} ${rest} A format that holds spaces stands in quotes.`,
  }
}

/** `YYYY-MM-DDTHH:MM:SS±HH:MM`; without a zone at the value's own offset, or else in UTC. */
export function writeInstant(parts: DateParts, zone: Zone | undefined): string {
  return zone === undefined ? writeLocal(parts) + writeOffset(parts.offset ?? 0) : zone.write(parts)
}

function isZone(name: string): boolean {
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId !== ''
  } catch {
    return false
  }
}

function makeZone(name: string): Zone {
  const offsets = new Map<number, string>()
  const place = makePlacing(name)
  return {
    place,
    write(parts) {
      if (parts.offset !== undefined) return writeInstant(place(parts), undefined)
      const day = (parts.year * 12 + parts.month) * 31 + parts.day
      let offset = offsets.get(day)
      if (offset === undefined) {
        offset = offsetAllDay(parts, name)
        keep(offsets, day, offset)
      }
      return offset === '' ? writeInDaylightSaving(parts, name) : writeLocal(parts) + offset
    },
  }
}

/** Gives a time's parts in a zone. */
function makePlacing(name: string): (parts: DateParts) => DateParts {
  const offsets = new Map<number, number>()
  return (parts) => {
    if (parts.offset === undefined) {
      const zoned = zonedOf(parts, name)
      return placed(parts, zoned.epochMilliseconds, zoned.offsetNanoseconds / 1e6)
    }
    const ms = epochOf(parts) - parts.offset * 60_000
    const day = Math.floor(ms / DAY_MS)
    let offset = offsets.get(day)
    if (offset === undefined) {
      const start = offsetAt(day * DAY_MS, name)
      // Not a number where the clocks are changed within the day.
      offset = start === offsetAt((day + 1) * DAY_MS, name) ? start : Number.NaN
      keep(offsets, day, offset)
    }
    return placed(parts, ms, Number.isNaN(offset) ? offsetAt(ms, name) : offset)
  }
}

/** An instant where the clocks are ahead of UTC by so many milliseconds; its offset is in whole minutes. */
function placed(parts: DateParts, ms: number, offsetMs: number): DateParts {
  return { ...parts, ...wallOf(ms + offsetMs), offset: Math.round(offsetMs / 60_000) }
}

const DAY_MS = 86_400_000

/** Thirty years of days; a file seldom has more, and the memory is bounded if it does. */
function keep<T>(known: Map<number, T>, day: number, value: T): void {
  if (known.size >= 11_000) known.clear()
  known.set(day, value)
}

/** The offset from one midnight to the next, or nothing where the clocks are changed in between. */
function offsetAllDay(parts: DateParts, zone: string): string {
  const date = Temporal.PlainDate.from({ year: parts.year, month: parts.month, day: parts.day })
  const start = date.toZonedDateTime({ timeZone: zone, plainTime: '00:00' })
  const end = date.add({ days: 1 }).toZonedDateTime({ timeZone: zone, plainTime: '00:00' })
  const steady = start.offset === end.offset && start.hour === 0 && start.hoursInDay === 24
  // Before standard time, offsets had seconds, which the API's form does not hold.
  return steady && start.offset.length === 6 ? start.offset : ''
}

/** Where the clocks jump forward, a time that is left out moves on by the jump; where they go back, the first counts. */
function writeInDaylightSaving(parts: DateParts, zone: string): string {
  return zonedOf(parts, zone).toString({ smallestUnit: 'second', timeZoneName: 'never' })
}

function zonedOf({ year, month, day, hour, minute, second }: DateParts, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.ZonedDateTime.from({ year, month, day, hour, minute, second, timeZone })
}

/** Milliseconds; before standard time, there were seconds in them. */
function offsetAt(ms: number, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6
}

function epochOf({ year, month, day, hour, minute, second }: DateParts): number {
  // `Date.UTC` takes the years up to 99 for those of the last century.
  return new Date(Date.UTC(2000, month - 1, day, hour, minute, second)).setUTCFullYear(year, month - 1, day)
}

function wallOf(ms: number): Pick<DateParts, 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'> {
  const date = new Date(ms)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  }
}

function writeLocal(parts: DateParts): string {
  const day = `${pad(parts.year, 4)}-${pad(parts.month, 2)}-${pad(parts.day, 2)}`
  return `${day}T${pad(parts.hour, 2)}:${pad(parts.minute, 2)}:${pad(parts.second, 2)}`
}
