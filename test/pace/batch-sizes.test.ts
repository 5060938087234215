import { describe, expect, onTestFinished, test } from 'vitest'
import type { Broker } from '../../src/broker/broker.ts'
import { openBroker } from '../../src/broker/open-broker.ts'
import { batchSizes } from '../../src/pace/batch-sizes.ts'
import { hasRedis, startRedis } from '../support/redis.ts'

const ways: readonly [string, boolean, () => Promise<Broker>][] = [
  ['in one process', true, () => Promise.resolve({ kind: 'embedded' } as Broker)],
  [
    'over all processes on a Redis',
    hasRedis,
    async () => {
      const redis = await startRedis()
      const broker = await openBroker({ redisUrl: redis.url, home: '' })
      onTestFinished(async () => {
        await broker.close()
        await redis.close()
      })
      return broker
    },
  ],
]

describe.each(ways)('how many rows a request may carry is remembered %s', (_how, possible, open) => {
  test.skipIf(!possible)('by lane and account: it only falls, and never below one', async () => {
    const broker = await open()
    const [one, two, other] = ['a', 'a', 'b'].map((account) => batchSizes(broker, account))
    await one?.refresh()
    expect(one?.most('register-v1')).toBeUndefined()
    await one?.learn('register-v1', 7)
    await two?.learn('register-v1', 9)
    await one?.refresh()
    expect([one?.most('register-v1'), two?.most('register-v1'), two?.most('look-up-v1')]).toEqual([7, 7, undefined])
    await two?.learn('register-v1', 0)
    await two?.learn('look-up-v1', 3)
    await one?.refresh()
    await other?.refresh()
    expect([one?.most('register-v1'), one?.most('look-up-v1'), other?.most('register-v1')]).toEqual([1, 3, undefined])
  })
})
