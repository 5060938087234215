import { describe, expect, onTestFinished, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { version } from '../../src/version.ts'
import { run, start, place } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

interface Listed {
  readonly broker: string
  readonly workers: readonly Record<string, unknown>[]
}

describe.skipIf(!hasRedis)('rollcall workers', () => {
  test('lists a worker from its start until it is stopped', async () => {
    const simulator = await startSimulator({})
    onTestFinished(() => simulator.close())
    const redis = await startRedis()
    onTestFinished(() => redis.close())
    const where = place(simulator.url, redis.url)
    const list = async () => JSON.parse((await run(where, ['workers', '--json'])).stdout) as Listed
    const worker = start(where, ['worker', '--lane', 'link'])
    let listed = await list()
    await until('it is listed', async () => (listed = await list()).workers.length === 1)
    expect(listed.broker).toBe('redis')
    expect(listed.workers[0]).toMatchObject({
      lanes: ['link'],
      pid: worker.child.pid,
      version,
      account: expect.any(String) as string,
    })
    worker.child.kill('SIGTERM')
    await worker.finished
    expect((await list()).workers).toEqual([])
  })
})
