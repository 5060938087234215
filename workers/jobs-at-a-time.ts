export interface Demand {
  /** Requests per minute; undefined: no limit. */
  readonly rpm: number | undefined
  /** The time that the limit counts requests in, in milliseconds. */
  readonly minuteMs: number
  /** How long a reply takes, in milliseconds. */
  readonly replyMs: number
  readonly requestsPerJob: number
}

/**
 * How many jobs a worker holds at a time: those whose requests are under way when the lane is at its limit, however slow
 * the replies, and few more. What one process holds, no other can send.
 */
export function jobsAtATime({ rpm, minuteMs, replyMs, requestsPerJob }: Demand): number {
  if (rpm === undefined) return requestsPerJob > 1 ? UNLIMITED.manyRequests : UNLIMITED.oneRequest
  const underWay = (rpm * (replyMs + BROKER_MS)) / minuteMs
  return Math.min(Math.ceil(underWay / requestsPerJob) + AT_HAND, MOST)
}

/** A job of many requests sends them side by side, and the next job must be at hand while its last replies come. */
const UNLIMITED = { manyRequests: 3, oneRequest: 16 }
/** What a job spends besides its requests: being fetched, marked, and its answers published. */
const BROKER_MS = 500
/** One that waits for its slots, and one behind it. */
const AT_HAND = 2
const MOST = 512

/** Before the first reply: slower than it probably is, so that the pace is there from the start. */
export const SUPPOSED_REPLY_MS = 4_000

/** How long replies take, after one more: believed at once where it took longer, little by little where it did not. */
export function nextReplyMs(replyMs: number, latencyMs: number): number {
  return latencyMs > replyMs ? latencyMs : replyMs + (latencyMs - replyMs) / 16
}
