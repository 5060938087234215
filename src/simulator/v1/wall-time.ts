/** `YYYY-MM-DD HH:MM:SS` of seconds by the cluster's wall clock. */
export function wallTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
}

/** The seconds of such a text; an offset behind it is not heeded (capillary-facts-2.md, A1). Undefined where it is none. */
export function readWallTime(text: string): number | undefined {
  const [, day, time = '00:00:00'] = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2}))?/.exec(text) ?? []
  if (day === undefined) return undefined
  const milliseconds = Date.parse(`${day}T${time}Z`)
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000
}

/** The cluster's wall clock at a moment in milliseconds since the epoch, in seconds. */
export function wallClock(at: number, offsetMinutes: number): number {
  return Math.floor(at / 1000) + offsetMinutes * 60
}
