import { RollingWindow } from '../../src/simulator/rolling-window.ts'

/** What the times of a lane's arrivals say of its pace. Times are milliseconds. */
export interface PaceFigures {
  readonly requests: number
  /** The most in any rolling window. */
  readonly highest: number
  /** The share of the limit used between the first and the last. */
  readonly used: number
  /** The longest time between one and the next. */
  readonly largestGapMs: number
}

/** `limit`: requests that a minute of `minuteMs` may hold, and a rolling window of `windowMs`. */
export interface PaceLimits {
  readonly windowMs: number
  readonly minuteMs: number
  readonly limit: number
}

/** Reads the pace from the times of arrivals, in order. */
export function readPace(times: readonly number[], { windowMs, minuteMs, limit }: PaceLimits): PaceFigures {
  const window = new RollingWindow(windowMs)
  let largestGapMs = 0
  for (const [index, at] of times.entries()) {
    window.add(at)
    largestGapMs = Math.max(largestGapMs, at - (times[index - 1] ?? at))
  }
  const sendingMs = (times.at(-1) ?? 0) - (times[0] ?? 0)
  const used = sendingMs === 0 ? 0 : ((times.length - 1) * minuteMs) / sendingMs / limit
  return { requests: times.length, highest: window.highest, used, largestGapMs }
}
