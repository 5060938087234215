import type { DateParts } from './date-format.ts'
import type { Watch } from './watch.ts'
import { type Zone, readZone } from './zone.ts'

/** Watches the instants of a column for what all of them are: midnight in one place, of which another day is taken. */
export interface MidnightWatch extends Watch {
  /** `parts`: as they are written; without an offset in UTC. */
  readonly see: (parts: DateParts) => void
  /** The place, where at least two have been seen and all are midnight there. */
  readonly place: () => string | undefined
}

export function watchMidnights(): MidnightWatch {
  let candidates: readonly (readonly [name: string, zone: Zone])[] | undefined
  let count = 0
  const place = () => (count > 1 ? candidates?.[0]?.[0] : undefined)
  return {
    see(parts) {
      if (candidates?.length === 0) return
      count += 1
      // Where the time as it is written is midnight, its day is the right one.
      if (parts.second !== 0 || parts.minute % 15 !== 0 || (parts.hour === 0 && parts.minute === 0)) {
        candidates = []
        return
      }
      const instant = { ...parts, offset: parts.offset ?? 0 }
      candidates = (candidates ?? zones()).filter(([, zone]) => isMidnight(zone.place(instant)))
    },
    place,
    remark() {
      const where = place()
      return where === undefined ? undefined : said(where)
    },
    snapshot: () => [count, candidates === undefined ? null : candidates.map(([name]) => name)],
    restore(seen) {
      const [times, places] = seen as [number, readonly string[] | null]
      count = times
      candidates = places === null ? undefined : zones().filter(([name]) => places.includes(name))
    },
    absorb(seen) {
      const [times, places] = seen as [number, readonly string[] | null]
      count += times
      if (places !== null) candidates = (candidates ?? zones()).filter(([name]) => places.includes(name))
    },
  }
}

function said(place: string): string {
  return `all its times are midnight in ${place}, and the plan takes the day that it was elsewhere, which is another. If they are days of that place, write \`in ${place}\` behind the form.`
}

/** A place where it is midnight at an instant (without an offset, in UTC), and not where it is written down. */
export function midnightPlace(parts: DateParts): string | undefined {
  if (parts.hour === 0 && parts.minute === 0) return undefined
  const instant = { ...parts, offset: parts.offset ?? 0 }
  return zones().find(([, zone]) => isMidnight(zone.place(instant)))?.[0]
}

function isMidnight({ hour, minute, second }: DateParts): boolean {
  return hour === 0 && minute === 0 && second === 0
}

let known: readonly (readonly [string, Zone])[] | undefined

function zones(): readonly (readonly [string, Zone])[] {
  known ??= PLACES.flatMap((name) => {
    const zone = readZone(name)
    return 'mistake' in zone ? [] : [[name, zone] as const]
  })
  return known
}

/** One for each way to set the clocks in which many people live; where several fit, the first is named. */
const PLACES =
  'Asia/Kolkata Asia/Singapore Asia/Bangkok Asia/Tokyo Asia/Dubai Asia/Karachi Asia/Dhaka Asia/Kathmandu Asia/Yangon Asia/Colombo Asia/Tashkent Asia/Almaty Asia/Tehran Asia/Kabul Asia/Riyadh Asia/Baghdad Asia/Jerusalem Asia/Beirut Asia/Amman Europe/Berlin Europe/London Europe/Athens Europe/Istanbul Europe/Moscow Europe/Kyiv Europe/Chisinau Africa/Cairo Africa/Johannesburg Africa/Lagos Africa/Nairobi Africa/Casablanca America/New_York America/Chicago America/Denver America/Phoenix America/Los_Angeles America/Anchorage America/Halifax America/St_Johns America/Mexico_City America/Bogota America/Lima America/Caracas America/La_Paz America/Santiago America/Asuncion America/Sao_Paulo America/Argentina/Buenos_Aires America/Montevideo Australia/Sydney Australia/Brisbane Australia/Adelaide Australia/Darwin Australia/Perth Pacific/Auckland Pacific/Honolulu'.split(
    ' ',
  )
