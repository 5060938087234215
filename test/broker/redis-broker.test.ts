import { type TestContext, describe, expect, test } from 'vitest'
import { openBroker } from '../../src/broker/open-broker.ts'
import { UsageError } from '../../src/model.ts'
import { temporaryFolder } from '../support/cli.ts'
import { freePort } from '../support/free-port.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { brokerContract } from './contract.ts'
import { startCluster } from './servers.ts'

describe.skipIf(!hasRedis)('the broker on Redis', () => {
  brokerContract('redis', startRedis)
})

describe.skipIf(!hasRedis)('the broker on a Redis Cluster', () => {
  brokerContract('redis', async () => {
    const ends: (() => unknown)[] = []
    const later: TestContext['onTestFinished'] = (end) => void ends.push(end as () => unknown)
    const { url } = await startCluster(later)
    return {
      url,
      async close() {
        for (const end of ends.toReversed()) await end()
      },
    }
  })
})

test('a Redis that does not answer is told with what to do, and without its password', async () => {
  const opening = openBroker({ home: temporaryFolder(), redisUrl: `redis://me:hunter2@127.0.0.1:${await freePort()}` })
  await expect(opening).rejects.toThrow(UsageError)
  await expect(opening).rejects.toThrow('does not answer')
  await expect(opening).rejects.not.toThrow('hunter2')
})
