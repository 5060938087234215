import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { version } from '../../src/version.ts'
import { place, run, start, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

interface Listed {
  readonly broker: string
  readonly workers: readonly Record<string, unknown>[]
}

describe.skipIf(!hasRedis)('who works', () => {
  test('is listed and told to who waits for it; and a stop ends all though Redis is gone', async () => {
    const simulator = await startSimulator({})
    onTestFinished(() => simulator.close())
    const redis = await startRedis()
    onTestFinished(() => redis.close())
    const where = place(simulator.url, redis.url)
    const list = async () => JSON.parse((await run(where, ['workers', '--json'])).stdout) as Listed
    write(where, 'plan.yaml', membersPlan)
    write(where, 'members.csv', membersCsv(20))

    const importing = start(where, ['import', 'members.csv', '--plan', 'plan.yaml', '--no-workers'])
    await until('it is told that nobody works', () => /register lane for .*Nobody works/.test(importing.stderr()))
    const worker = start(where, ['worker', '--lane', 'link'])
    await until('it is told who works on another lane', () => /on other lanes: process \d+/.test(importing.stderr()))
    expect(await list()).toMatchObject({
      broker: 'redis',
      workers: [{ lanes: ['link'], pid: worker.child.pid, version }],
    })

    await redis.kill()
    await until('the loss is told', () => importing.stderr().includes('connection to Redis is lost'))
    const stoppedAt = performance.now()
    for (const { child } of [importing, worker]) child.kill('SIGTERM')
    expect((await worker.finished).status).toBe(0)
    const ended = await importing.finished
    expect([ended.status, ended.stdout]).toEqual([4, expect.stringContaining('rollcall resume')])
    expect(performance.now() - stoppedAt).toBeLessThan(15_000)
  })

  test('a worker that Redis lets in no more says so, and is at work once there is room', async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.close())
    const admin = new Redis(redis.url)
    onTestFinished(() => admin.disconnect())
    await admin.config('SET', 'maxclients', '1')
    const where = place('http://127.0.0.1:9', redis.url)

    const stopped = start(where, ['worker'])
    const worker = start(where, ['worker'])
    for (const one of [stopped, worker]) {
      await until('it is told', () => one.stderr().includes('Redis has no connection left for anybody (ERR max'))
    }
    stopped.child.kill('SIGTERM')
    expect((await stopped.finished).status).toBe(0)
    await admin.config('SET', 'maxclients', '100')

    await until('it is at work', async () => (await admin.keys('*worker*')).length > 0)
    worker.child.kill('SIGTERM')
    expect((await worker.finished).status).toBe(0)
  })
})
