import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SUPPOSED_REPLY_MS, jobsAtATime, nextReplyMs } from '../../workers/jobs-at-a-time.ts'

const demand = fc.record({
  rpm: fc.integer({ min: 1, max: 6_000 }),
  minuteMs: fc.constant(60_000),
  replyMs: fc.integer({ min: 0, max: 4_000 }),
  requestsPerJob: fc.integer({ min: 1, max: 200 }),
})

test('what is held is enough for the requests under way at the limit, a job that sends, and one behind it', () => {
  fc.assert(
    fc.property(demand, (given) => {
      const { rpm, minuteMs, replyMs, requestsPerJob } = given
      const underWay = (rpm * replyMs) / minuteMs
      expect((jobsAtATime(given) - 2) * requestsPerJob).toBeGreaterThanOrEqual(underWay)
    }),
  )
})

test('no more is held than three jobs and half a second of the limit beyond that', () => {
  fc.assert(
    fc.property(demand, (given) => {
      const { rpm, minuteMs, replyMs, requestsPerJob } = given
      const most = (rpm * (replyMs + 500)) / minuteMs / requestsPerJob + 3
      expect(jobsAtATime(given)).toBeLessThanOrEqual(most)
    }),
  )
})

test('replies of a minute do not make a worker take everything', () => {
  expect(jobsAtATime({ rpm: 6_000, minuteMs: 60_000, replyMs: 60_000, requestsPerJob: 1 })).toBe(512)
})

test('without a limit, jobs of one request go out many at a time', () => {
  const unlimited = { rpm: undefined, minuteMs: 60_000, replyMs: 20 }
  expect(jobsAtATime({ ...unlimited, requestsPerJob: 64 })).toBe(3)
  expect(jobsAtATime({ ...unlimited, requestsPerJob: 1 })).toBe(16)
})

test('a slow reply is believed at once, quick ones only when there are many', () => {
  expect(nextReplyMs(20, 3_000)).toBe(3_000)
  const afterOne = nextReplyMs(SUPPOSED_REPLY_MS, 20)
  expect(afterOne).toBeGreaterThan(SUPPOSED_REPLY_MS / 2)
  let replyMs = SUPPOSED_REPLY_MS
  for (let reply = 0; reply < 100; reply += 1) replyMs = nextReplyMs(replyMs, 20)
  expect(replyMs).toBeLessThan(40)
})
