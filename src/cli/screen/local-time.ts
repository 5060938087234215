const DAY_MS = 24 * 60 * 60 * 1000
const MINUTE_MS = 60 * 1000

/** The time of day in the zone of this machine (or `zone`), with the day where it is another one: `14:32`, `Tue 14:32`, `3 Dec 14:32`. */
export function clockTime(at: number, now: number, zone?: string): string {
  const [day, time = ''] = localTime(at, zone).split(' ')
  if (localTime(now, zone).split(' ')[0] === day) return time
  const isNear = Math.abs(at - now) < 6 * DAY_MS
  const options: Intl.DateTimeFormatOptions = isNear ? { weekday: 'short' } : { day: 'numeric', month: 'short' }
  return `${new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone }).format(at)} ${time}`
}

/** `2026-11-29 14:32`, in the zone of this machine (or `zone`). */
export function localTime(at: number, zone?: string): string {
  // Not by Intl where it can be helped: a short command would wait longer for its tables than for all else.
  if (zone === undefined) return minuteOf(at - new Date(at).getTimezoneOffset() * MINUTE_MS)
  // The calendar of Sweden writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: zone }).format(at)
}

function minuteOf(at: number): string {
  return new Date(at).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ')
}
