import { pad, writeOffset } from './date-format.ts'
import type { DateParts } from './date-format.ts'
import { didYouMean } from './nearest.ts'

/** Writes the offset of a day in its zone, where it has one all day long. */
export type Zone = (parts: DateParts) => string

/** A zone by its IANA name, an offset such as `+05:30`, or Z. */
export function readZone(name: string): Zone | { readonly mistake: string } {
  const plainName = /^(?:z|utc|gmt)$/i.test(name) ? 'UTC' : name
  if (!isZone(plainName)) {
    const suggestion = didYouMean(name, Intl.supportedValuesOf('timeZone'))
    const rest = 'A zone is a name such as Asia/Kolkata, an offset such as +05:30, or Z.'
    return {
      mistake: `There is no time zone \`${name}\`.${suggestion} ${rest} A format that holds spaces stands in quotes.`,
    }
  }
  const offsets = new Map<number, string>()
  return (parts) => {
    if (parts.offset !== undefined) return writeElsewhere(parts, plainName)
    const day = (parts.year * 12 + parts.month) * 31 + parts.day
    let offset = offsets.get(day)
    if (offset === undefined) {
      offset = offsetAllDay(parts, plainName)
      // Thirty years of days; a file seldom has more, and the memory is bounded if it does.
      if (offsets.size >= 11_000) offsets.clear()
      offsets.set(day, offset)
    }
    return offset === '' ? writeInDaylightSaving(parts, plainName) : writeLocal(parts) + offset
  }
}

/** `YYYY-MM-DDTHH:MM:SS±HH:MM`; without a zone at the value's own offset, or else in UTC. */
export function writeInstant(parts: DateParts, zone: Zone | undefined): string {
  return zone === undefined ? writeLocal(parts) + writeOffset(parts.offset ?? 0) : zone(parts)
}

function isZone(name: string): boolean {
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId !== ''
  } catch {
    return false
  }
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
  const { year, month, day, hour, minute, second } = parts
  return withOffset(Temporal.ZonedDateTime.from({ year, month, day, hour, minute, second, timeZone: zone }))
}

function writeElsewhere(parts: DateParts, zone: string): string {
  const instant = Temporal.Instant.from(writeLocal(parts) + writeOffset(parts.offset ?? 0))
  return withOffset(instant.toZonedDateTimeISO(zone))
}

function withOffset(time: Temporal.ZonedDateTime): string {
  return time.toString({ smallestUnit: 'second', timeZoneName: 'never' })
}

function writeLocal(parts: DateParts): string {
  const day = `${pad(parts.year, 4)}-${pad(parts.month, 2)}-${pad(parts.day, 2)}`
  return `${day}T${pad(parts.hour, 2)}:${pad(parts.minute, 2)}:${pad(parts.second, 2)}`
}
