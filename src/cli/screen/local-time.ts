const DAY_MS = 24 * 60 * 60 * 1000

/** The time of day in the zone of this machine (or `zone`), with the day where it is another one: `14:32`, `Tue 14:32`, `3 Dec 14:32`. */
export function clockTime(at: number, now: number, zone?: string): string {
  const time = format(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, zone)
  if (localDay(at, zone) === localDay(now, zone)) return time
  const isNear = Math.abs(at - now) < 6 * DAY_MS
  const day = format(at, isNear ? { weekday: 'short' } : { day: 'numeric', month: 'short' }, zone)
  return `${day} ${time}`
}

/** `2026-11-29 14:32`, in the zone of this machine (or `zone`). */
export function localTime(at: number, zone?: string): string {
  const time = format(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, zone)
  return `${localDay(at, zone)} ${time}`
}

function localDay(at: number, zone: string | undefined): string {
  // The calendar of Sweden writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: zone }).format(at)
}

function format(at: number, options: Intl.DateTimeFormatOptions, zone: string | undefined): string {
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone }).format(at)
}
