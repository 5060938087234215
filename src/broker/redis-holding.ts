import type { Job } from 'bullmq'
import type { HeldField } from './broker.ts'
import { PREFIX, workerOptions } from './job-options.ts'
import type { RedisConnection } from './redis-connection.ts'

/**
 * Writes a field of a job that the caller holds, and renews its lock, in one step with the look whether it is still the
 * caller's: nothing comes between, however long Redis takes to answer. False where it is not, or may have ended by the
 * time that the answer comes.
 */
export async function writeHeld(redis: RedisConnection, job: Job, token: string, field: HeldField): Promise<boolean> {
  const askedAt = performance.now()
  const base = `${PREFIX}:${job.queueName}`
  const keys = [`${base}:${job.id}:lock`, `${base}:${job.id}`, `${base}:stalled`]
  const args = [token, String(workerOptions.lockDuration), job.id ?? '', field.name, JSON.stringify(field.value)]
  const written = await redis.eval(WRITE_HELD, keys.length, ...keys, ...args)
  return written === 1 && performance.now() - askedAt < workerOptions.lockDuration - TO_SPARE_MS
}

/** For what is done with the answer, before the lock can end. */
const TO_SPARE_MS = 1_000

// As BullMQ renews a lock (its extendLock), and writes data and progress.
const WRITE_HELD = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] or redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('SREM', KEYS[3], ARGV[3])
redis.call('HSET', KEYS[2], ARGV[4], ARGV[5])
return 1
`
