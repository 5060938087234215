import { Redis } from 'ioredis'
import { type TestContext, describe, expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, kill, placeOn, run, start, write } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

/**
 * A quarter of the minute: 40 requests a second, in batches of twenty. In a shorter one, a worker that a busy machine
 * answers late holds a good part of the small run, as it must to keep the pace.
 */
const MINUTE_MS = '15000'
const plan = `
rows: { key: external_id }
limits: { register: 600 }
register:
  body:
    profiles:
      - identifiers: [{ type: externalId, value: "\${external_id}" }]
        source: INSTORE
`
const IMPORT = ['import', 'members.csv', '--plan', 'plan.yaml', '--no-workers']
const LARGE = 10_000
const SMALL = 500
/** What the order of requests may be off by: two workers have some batches of either run in hand. */
const IN_HAND = 100

/** Requests of the large run before the last one of the small run: both begin together, and two workers send. */
async function largeBeforeSmallEnds(context: TestContext, priority: string): Promise<number> {
  const simulator = await startSimulator({ latencyMs: 5 })
  context.onTestFinished(() => simulator.close())
  const redis = await startRedis()
  context.onTestFinished(() => redis.close())
  const connection = new Redis(redis.url)
  context.onTestFinished(() => connection.disconnect())
  const place = async (): Promise<Place> => {
    const where = await placeOn(simulator.url, redis, context.onTestFinished)
    return { ...where, env: { ...where.env, ROLLCALL_MINUTE_MS: MINUTE_MS } }
  }
  const workers = [start(await place(), ['worker']), start(await place(), ['worker'])]
  // Workers that do not know yet how long replies take hold more than they will.
  await run(membersAt(await place(), 'W', 200), IMPORT)
  for (const { child } of workers) child.kill('SIGSTOP')
  const large = start(membersAt(await place(), 'L', LARGE), IMPORT)
  const small = start(membersAt(await place(), 'S', SMALL), [...IMPORT, '--priority', priority])
  await until('a window of either run waits for workers', async () => (await waiting(connection)) >= (600 + SMALL) / 20)
  for (const { child } of workers) child.kill('SIGCONT')

  const { status, stderr } = await small.finished

  expect(status, stderr).toBe(0)
  await kill(large)
  const order = simulator.customers().map(({ identifiers }) => identifiers[0]?.at('externalId:'.length))
  return order.slice(0, order.lastIndexOf('S')).filter((name) => name === 'L').length
}

function membersAt(where: Place, name: string, rows: number): Place {
  write(where, 'plan.yaml', plan)
  write(where, 'members.csv', `external_id\n${Array.from({ length: rows }, (_, at) => `${name}${at}`).join('\n')}\n`)
  return where
}

/** Jobs that wait on the lane's queue. */
async function waiting(redis: Redis): Promise<number> {
  const [queue] = await redis.keys('{rollcall}:register-*:prioritized')
  return queue === undefined ? 0 : await redis.zcard(queue)
}

describe.skipIf(!hasRedis).concurrent('two runs of 10,000 and 500 rows that start together', () => {
  test('go in step: the small one ends when its fair half would', async (context) => {
    const before = await largeBeforeSmallEnds(context, 'normal')
    expect(before).toBeGreaterThan(SMALL - IN_HAND)
    expect(before).toBeLessThan(SMALL + IN_HAND)
  })

  test('and with high priority, sooner than any fair share, though the large one goes on', async (context) => {
    const before = await largeBeforeSmallEnds(context, 'high')
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(SMALL - 2 * IN_HAND)
  })
})
