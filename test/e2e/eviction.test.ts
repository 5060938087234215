import { expect, test } from 'vitest'
import { placeOn, run, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { startSimulator } from '../../src/simulator/start-simulator.ts'

test.skipIf(!hasRedis).for([
  ['allkeys-lru', 'Redis may forget jobs when its memory is full (maxmemory-policy is allkeys-lru)'],
  ['volatile-ttl', 'Redis may forget the locks of jobs when its memory is full (maxmemory-policy is volatile-ttl)'],
])('with maxmemory-policy %s, it is said once, and in our words', async ([policy = '', says = ''], context) => {
  const simulator = await startSimulator({})
  context.onTestFinished(() => simulator.close())
  const redis = await startRedis()
  context.onTestFinished(() => redis.close())
  await redis.ask('config', 'set', 'maxmemory-policy', policy)
  const where = await placeOn(simulator.url, redis, context.onTestFinished)
  write(where, 'members.csv', membersCsv(3))
  write(where, 'plan.yaml', membersPlan)

  const { status, stdout, stderr } = await run(where, ['import', 'members.csv', '--plan', 'plan.yaml'])

  expect(status, stderr).toBe(0)
  expect(stderr.split(says)).toHaveLength(2)
  expect(`${stdout}${stderr}`).not.toContain('IMPORTANT!')
})
