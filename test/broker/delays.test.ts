import { Redis } from 'ioredis'
import { type TestContext, describe, expect, test } from 'vitest'
import { localDelays } from '../../src/broker/local-delays.ts'
import type { Delays } from '../../src/broker/promote-due.ts'
import { redisDelays } from '../../src/broker/redis-delays.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const QUEUE = 'link-account'

describe.for([
  ['in this process', true, async () => localDelays()],
  [
    'on Redis',
    hasRedis,
    async (later: TestContext['onTestFinished']) => {
      const server = await startRedis()
      const redis = new Redis(server.port)
      later(async () => {
        redis.disconnect()
        await server.close()
      })
      return redisDelays(redis)
    },
  ],
] as const)('delays %s', ([, canRun, open]) => {
  test.skipIf(!canRun)('a job whose time has come is told of until it is removed', async ({ onTestFinished }) => {
    const delays = await open(onTestFinished)
    await delays.add(QUEUE, 'a', 0)
    await delays.add(QUEUE, 'b', 3_600_000)
    const [due] = await firstDue(delays)
    expect(due?.job).toBe('a')
    expect(await delays.due(QUEUE)).toEqual([due])
    if (due !== undefined) await delays.remove(QUEUE, due)
    expect(await delays.due(QUEUE)).toEqual([])
  })

  test.skipIf(!canRun)('a job that was put back again before it was removed stays', async ({ onTestFinished }) => {
    const delays = await open(onTestFinished)
    await delays.add(QUEUE, 'a', 0)
    const [first] = await firstDue(delays)
    // Called back, taken by another, and put back by that one.
    await delays.add(QUEUE, 'a', 5)
    if (first !== undefined) await delays.remove(QUEUE, first)
    const [second] = await firstDue(delays)
    expect(second?.job).toBe('a')
    expect(second).not.toEqual(first)
  })
})

async function firstDue(delays: Delays) {
  await until('a job is due', async () => (await delays.due(QUEUE)).length > 0)
  return await delays.due(QUEUE)
}
