export interface Demand {
  /** Requests per minute; undefined: no limit. */
  readonly rpm: number | undefined
  /** The time that the limit counts requests in, in milliseconds. */
  readonly minuteMs: number
  /** How long a reply takes, in milliseconds. */
  readonly replyMs: number
  /** Of a job that is whole. */
  readonly requestsPerJob: number
  /** What the worker holds: jobs, and the requests that they had when it took them. */
  readonly held: { readonly jobs: number; readonly requests: number }
}

/**
 * How many jobs a worker may hold: those that it has, and more of them until their requests are as many as are under way
 * when the lane is at its limit, however slow the replies, and few more. Requests count and not jobs, for a job may have
 * few of them left. What one process holds, no other can send.
 */
export function jobsAtATime({ rpm, minuteMs, replyMs, requestsPerJob, held }: Demand): number {
  if (rpm === undefined) return requestsPerJob > 1 ? UNLIMITED.manyRequests : UNLIMITED.oneRequest
  const underWay = (rpm * (replyMs + BROKER_MS)) / minuteMs
  const missing = Math.max(underWay + AT_HAND * requestsPerJob - held.requests, 0)
  return Math.min(Math.max(held.jobs + Math.ceil(missing / requestsPerJob), 1), MOST)
}

/** A job of many requests sends them side by side, and the next job must be at hand while its last replies come. */
const UNLIMITED = { manyRequests: 3, oneRequest: 16 }
/** What a job spends besides its requests: being fetched, marked, and its answers published. */
const BROKER_MS = 500
/** Whole jobs: one that waits for its slots, and one behind it. */
const AT_HAND = 2
const MOST = 512

/** Before the first reply: slower than it probably is, so that the pace is there from the start. */
export const SUPPOSED_REPLY_MS = 4_000

/** How long replies take, after one more: believed soon where it took longer, little by little where it did not. */
export function nextReplyMs(replyMs: number, latencyMs: number): number {
  return replyMs + (latencyMs - replyMs) / (latencyMs > replyMs ? 4 : 16)
}
