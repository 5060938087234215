import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, describe, expect, test } from 'vitest'
import { takeFileLock } from '../../src/file-lock.ts'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, type Running, latestRun, place, start, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { type RedisServer, hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

interface AtWork {
  readonly where: Place
  readonly redis: RedisServer
  readonly simulator: Simulator
}

async function setUp({ onTestFinished }: TestContext): Promise<AtWork> {
  const redis = await startRedis()
  onTestFinished(() => redis.close())
  const simulator = await startSimulator()
  onTestFinished(() => simulator.close())
  const where = place(simulator.url, redis.url, onTestFinished)
  write(where, 'plan.yaml', membersPlan.replaceAll('none', '600'))
  write(where, 'members.csv', membersCsv(2_000))
  return { where, redis, simulator }
}

async function startImport({ where, simulator }: AtWork): Promise<Running> {
  const importing = start(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
  await until('some members are there', () => simulator.members().length > 5)
  return importing
}

describe.skipIf(!hasRedis)('what waits', () => {
  test('an import that has nothing more to do waits for no Redis that is gone', async (context) => {
    const atWork = await setUp(context)
    const importing = await startImport(atWork)
    await atWork.redis.kill()
    const folder = latestRun(atWork.where.home)
    rmSync(folder, { recursive: true })

    const { status, stderr } = await importing.finished

    expect(status, stderr).toBe(4)
    expect(stderr).toContain('Redis stays away and is no longer waited for.')
    expect(stderr).toContain(`The folder ${folder} is gone`)
  })

  test('who asks something of a process that does not hear is told what is waited for', async (context) => {
    const atWork = await setUp(context)
    const { child } = await startImport(atWork)
    child.kill('SIGSTOP')
    context.onTestFinished(() => void child.kill('SIGCONT'))
    const asking = [['pause'], ['cancel']].map((args) => start(atWork.where, [...args, 'latest']))
    const pacing = start(atWork.where, ['pace', 'register', '300'])

    await until('they say so', () =>
      asking.every(({ stderr }) => /Waiting until the process at work on run \S+ has let go of it/.test(stderr())),
    )
    await until('so does this', () => /Waiting until the process .* has heard/.test(pacing.stderr()))
  })

  test('an import says that it waits for another that is about to begin, and can be stopped', async (context) => {
    const { where } = await setUp(context)
    const unlock = takeFileLock(join(where.home, 'start-lock'))
    context.onTestFinished(() => unlock?.())
    const importing = start(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
    await until('it says so', () => importing.stderr().includes('Waiting for another import into'))
    importing.child.kill('SIGTERM')
    expect((await importing.finished).stderr).toContain('Stopped before there was a run: nothing was sent.')
  })

  test('what is asked of Redis is waited for with a word where Redis takes nothing', async (context) => {
    const atWork = await setUp(context)
    const importing = await startImport(atWork)
    importing.child.kill('SIGKILL')
    await importing.finished
    await atWork.redis.ask('config', 'set', 'maxmemory', '1')

    const cancelling = start(atWork.where, ['cancel', 'latest'])

    await until('it says so', () => cancelling.stderr().includes('Redis is full'))
    await atWork.redis.ask('config', 'set', 'maxmemory', '0')
    expect((await cancelling.finished).status).toBe(0)
  })

  test('an import goes on where what is asked of it cannot be read', async (context) => {
    const atWork = await setUp(context)
    const importing = await startImport(atWork)
    const before = atWork.simulator.members().length
    writeFileSync(join(latestRun(atWork.where.home), 'request'), '{"kind":')
    await until('it goes on', () => atWork.simulator.members().length > before + 20)
    importing.child.kill('SIGINT')
    expect((await importing.finished).status).toBe(4)
  })
})
