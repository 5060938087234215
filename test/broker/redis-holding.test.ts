import type { Job } from 'bullmq'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openBroker } from '../../src/broker/open-broker.ts'
import { writeHeld } from '../../src/broker/redis-holding.ts'
import { temporaryFolder } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'

/** What is said of a Redis that takes so long. */
async function answersAfter(ms: number): Promise<boolean> {
  const redis = { eval: () => new Promise((resolve) => setTimeout(() => resolve(1), ms)) } as unknown as Redis
  const written = writeHeld(redis, { id: '1', queueName: 'queue' } as Job, 'ours', { name: 'data', value: {} })
  await vi.advanceTimersByTimeAsync(ms)
  return written
}

test('a lock that may have ended by the time that Redis answers is no longer ours', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  expect(await answersAfter(8_900)).toBe(true)
  expect(await answersAfter(9_100)).toBe(false)
})

test.skipIf(!hasRedis)('a lock is renewed while its job is in hand, though the wall clock was put back', async () => {
  const redis = await startRedis()
  onTestFinished(() => redis.close())
  const broker = await openBroker({ home: temporaryFolder(), redisUrl: redis.url })
  onTestFinished(() => broker.close())
  const connection = new Redis(redis.url)
  onTestFinished(() => connection.disconnect())
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const taken = Promise.withResolvers<string>()
  const mayEnd = Promise.withResolvers<void>()
  const worker = broker.worker(
    'queue',
    (job) => {
      taken.resolve(job.id ?? '')
      return mayEnd.promise
    },
    { concurrency: 1, onError: () => {} },
  )
  onTestFinished(() => worker.close())
  onTestFinished(() => mayEnd.resolve())
  await broker.queue('queue').add('batch', {})
  const lock = `{rollcall}:queue:${await taken.promise}:lock`
  vi.setSystemTime(Date.now() - 3_600_000)
  const leftMs: number[] = []
  await expect.poll(async () => leftMs.push(await connection.pttl(lock)), { timeout: 120_000 }).toBeGreaterThan(60)
  // It went down, and up again.
  expect(leftMs.some((left, at) => left > (leftMs[at - 1] ?? left) + 1_000)).toBe(true)
})
