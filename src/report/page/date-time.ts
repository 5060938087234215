/** `25 Nov 2026, 04:12:33 UTC`. Takes ISO 8601 or milliseconds since the epoch. */
export function dateTime(time: string | number): string {
  return `${long.format(new Date(time))} UTC`
}

/** A time on an axis, as exact as its length asks for. `overMs`: the axis' length in milliseconds. */
export function axisTime(time: number, overMs: number): string {
  if (overMs < 10 * MINUTE_MS) return withSeconds.format(time)
  return (overMs < 24 * 60 * MINUTE_MS ? withMinutes : withDay).format(time)
}

const MINUTE_MS = 60_000
const utc = { timeZone: 'UTC', hourCycle: 'h23' } as const
const clock = { hour: '2-digit', minute: '2-digit' } as const
const withMinutes = new Intl.DateTimeFormat('en-GB', { ...utc, ...clock })
const withSeconds = new Intl.DateTimeFormat('en-GB', { ...utc, ...clock, second: '2-digit' })
const withDay = new Intl.DateTimeFormat('en-GB', { ...utc, ...clock, day: 'numeric', month: 'short' })
const long = new Intl.DateTimeFormat('en-GB', {
  ...utc,
  ...clock,
  second: '2-digit',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
