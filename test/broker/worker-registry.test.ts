import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { embeddedWorkers } from '../../src/broker/local-registry.ts'
import { openBroker } from '../../src/broker/open-broker.ts'
import type { WorkerEntry } from '../../src/broker/worker-registry.ts'
import { temporaryFolder } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const KEY = '{rollcall}:workers'
const ENTRY: WorkerEntry = {
  account: 'a1',
  api: 'api.test',
  lanes: ['register'],
  host: 'h',
  pid: 7,
  version: '1.0.0',
  form: 2,
}

test.skipIf(!hasRedis)('who died is forgotten by Redis’ time, and who lives clears it away', async () => {
  const redis = await startRedis()
  onTestFinished(() => redis.close())
  const connection = new Redis(redis.url)
  onTestFinished(() => connection.disconnect())
  const broker = await openBroker({ home: temporaryFolder(), redisUrl: redis.url })
  onTestFinished(() => broker.close())
  const now = Date.now()
  const entry = JSON.stringify(ENTRY)
  await connection.hset(KEY, {
    dead: `${now - 60_000} ${now - 90_000} ${entry}`,
    // Seen before Redis' clock was put back by an hour.
    before: `${now + 3_600_000} ${now + 3_600_000} ${entry}`,
    odd: 'what another version may write',
    alive: `${now - 1_000} ${now - 5_000} ${entry}`,
  })
  expect(await broker.registry.list()).toEqual([{ ...ENTRY, since: now - 5_000 }])

  const enrolment = broker.registry.enrol({ ...ENTRY, pid: 8 })
  await until('both stand there, the older first', async () => {
    const found = await broker.registry.list()
    return found.map(({ pid }) => pid).join() === '7,8'
  })
  expect(await connection.hlen(KEY)).toBe(2)
  await enrolment.end()
})

test('a home in which nobody ever worked is left as it is', () => {
  const home = temporaryFolder()
  expect(embeddedWorkers(home)).toEqual([])
  expect(existsSync(join(home, 'broker'))).toBe(false)
})

test('what a dead process left beside the embedded broker is cleared away; a living one’s stands', async () => {
  const home = temporaryFolder()
  const broker = await openBroker({ home, redisUrl: undefined })
  broker.registry.enrol(ENTRY)
  expect(embeddedWorkers(home)).toEqual([{ ...ENTRY, since: expect.any(Number) as number }])
  await broker.close()
  writeFileSync(join(home, 'broker', 'worker.json'), JSON.stringify({ ...ENTRY, since: 1 }))
  expect(embeddedWorkers(home)).toEqual([])
  expect(existsSync(join(home, 'broker', 'worker.json'))).toBe(false)
})
