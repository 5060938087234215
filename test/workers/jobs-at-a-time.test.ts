import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SUPPOSED_REPLY_MS, jobsAtATime, nextReplyMs } from '../../workers/jobs-at-a-time.ts'

const demand = fc.record({
  rpm: fc.integer({ min: 1, max: 6_000 }),
  minuteMs: fc.constant(60_000),
  replyMs: fc.integer({ min: 0, max: 4_000 }),
  requestsPerJob: fc.integer({ min: 1, max: 200 }),
})

/** Takes jobs for as long as there may be more, each with as many requests as `sizes` says, in turn. */
function takeAll(given: Omit<Parameters<typeof jobsAtATime>[0], 'held'>, sizes: readonly number[]) {
  let held = { jobs: 0, requests: 0 }
  while (held.jobs < jobsAtATime({ ...given, held })) {
    const size = sizes[held.jobs % sizes.length] ?? 1
    held = { jobs: held.jobs + 1, requests: held.requests + size }
  }
  return held
}

/** Jobs of any sizes up to that of a whole one: those that come back have few rows left. */
const demandAndSizes = demand.chain((given) =>
  fc.record({
    given: fc.constant(given),
    sizes: fc.array(fc.integer({ min: 1, max: given.requestsPerJob }), { minLength: 1, maxLength: 10 }),
  }),
)

test('what is held is enough for the requests under way at the limit, a job that sends, and one behind it, however small the jobs', () => {
  fc.assert(
    fc.property(demandAndSizes, ({ given, sizes }) => {
      const { rpm, minuteMs, replyMs, requestsPerJob } = given
      const { jobs, requests } = takeAll(given, sizes)
      if (jobs === MOST) return
      expect(requests).toBeGreaterThanOrEqual((rpm * replyMs) / minuteMs + 2 * requestsPerJob)
    }),
  )
})

test('no more is held than three jobs and half a second of the limit beyond that', () => {
  fc.assert(
    fc.property(demandAndSizes, ({ given, sizes }) => {
      const { rpm, minuteMs, replyMs, requestsPerJob } = given
      const { requests } = takeAll(given, sizes)
      expect(requests).toBeLessThanOrEqual((rpm * (replyMs + 500)) / minuteMs + 3 * requestsPerJob)
    }),
  )
})

const MOST = 512

test('replies of a minute do not make a worker take everything', () => {
  const slow = { rpm: 6_000, minuteMs: 60_000, replyMs: 60_000, requestsPerJob: 1 }
  expect(takeAll(slow, [1]).jobs).toBe(MOST)
})

test('without a limit, jobs of one request go out many at a time', () => {
  const unlimited = { rpm: undefined, minuteMs: 60_000, replyMs: 20, held: { jobs: 0, requests: 0 } }
  expect(jobsAtATime({ ...unlimited, requestsPerJob: 64 })).toBe(3)
  expect(jobsAtATime({ ...unlimited, requestsPerJob: 1 })).toBe(16)
})

/** What is believed after so many replies that took so long. */
function after(replies: number, from: number, latencyMs: number): number {
  let replyMs = from
  for (let reply = 0; reply < replies; reply += 1) replyMs = nextReplyMs(replyMs, latencyMs)
  return replyMs
}

test('slow replies are believed when there are some, quick ones only when there are many', () => {
  // One that is held up somewhere does not make a worker take what others could send.
  expect(after(1, 20, 3_000)).toBeLessThan(1_000)
  expect(after(10, 20, 3_000)).toBeGreaterThan(2_700)
  expect(after(1, SUPPOSED_REPLY_MS, 20)).toBeGreaterThan(SUPPOSED_REPLY_MS / 2)
  expect(after(100, SUPPOSED_REPLY_MS, 20)).toBeLessThan(40)
})
