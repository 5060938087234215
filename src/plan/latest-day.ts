import type { Day } from './calendars.ts'

/** The day that it is where it comes first on earth: no later one has begun anywhere. `now`: milliseconds since the epoch. */
export function latestDay(now: number): Day {
  const { year, month, day } = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('+14:00')
  return { year, month, day }
}
