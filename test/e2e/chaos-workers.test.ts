import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { ROWS, chance, expectAllIsWell, seed, seen, startImport, trial } from '../support/chaos.ts'
import { kill, start } from '../support/cli.ts'
import { hasRedis } from '../support/redis.ts'

describe.skipIf(!hasRedis)(`faults on the wire and kill -9 of workers and Redis, seed ${seed}`, () => {
  test('every row ends right, and nothing is done twice', async () => {
    const { where, simulator, redis } = await trial('redis')
    const random = chance(seed)
    let workers = [start(where, ['worker']), start(where, ['worker'])]
    const running = await startImport(where, ['--no-workers'])
    for (let killed = 1; killed <= 2; killed += 1) {
      await seen(simulator, (ROWS * (killed - 1 + random())) / 3)
      const [first, ...others] = workers
      if (first !== undefined) await kill(first)
      workers = [...others, start(where, ['worker'])]
    }
    await seen(simulator, (ROWS * (2 + random() / 2)) / 3)
    await redis?.kill()
    await delay(500)
    // It comes back without a memory.
    await redis?.start()
    const { status, stderr } = await running.finished
    expect(status, stderr).toBe(3)
    expectAllIsWell(where, simulator)
  })
})
