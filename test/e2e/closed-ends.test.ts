import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, beforeAll, describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Posted, listen } from '../notify/listener.ts'
import { entry } from '../support/bundle-command.ts'
import { type Place, latestRun, placeOn, readSummary, run, start, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasProgram } from '../support/programs.ts'
import { type RedisServer, hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const IMPORT = ['import', 'members.csv', '--plan', 'plan.yaml']

// The broker plays no part in it: the quickest.
let redis: RedisServer | undefined
beforeAll(async () => {
  redis = hasRedis ? await startRedis() : undefined
  return () => redis?.close()
})

/** An import that takes some seconds. */
async function prepare({ onTestFinished }: TestContext): Promise<{ where: Place; simulator: Simulator }> {
  const simulator = await startSimulator({ latencyMs: 5 })
  onTestFinished(() => simulator.close())
  const where = await placeOn(simulator.url, redis, onTestFinished)
  write(where, 'members.csv', membersCsv(60))
  write(where, 'plan.yaml', membersPlan.replace('register: none', 'register: 1200'))
  return { where, simulator }
}

function state(where: Place): unknown {
  return (JSON.parse(readFileSync(join(latestRun(where.home), 'run.json'), 'utf8')) as { state: unknown }).state
}

describe.concurrent('an import whose listeners have gone', () => {
  test('goes on where nobody reads how it goes', async (context) => {
    const { where, simulator } = await prepare(context)
    const importing = start(where, IMPORT)
    await until('some are registered', () => simulator.stats().registrations > 3)
    importing.child.stderr?.destroy()

    expect((await importing.finished).status).toBe(0)

    expect(readSummary(where)).toMatchObject({ state: 'finished', ok: 60 })
  })

  test('ends as it would where nobody reads how it went, and tells who is notified', async (context) => {
    const { where } = await prepare(context)
    const { url, posted } = await listen([], context.onTestFinished)
    write(where, 'members.csv', `${membersCsv(2)}SIM-8017-3,Name,919800000099,G-99\n`)
    const importing = start(where, [...IMPORT, '--notify', url.href])
    importing.child.stdout?.destroy()

    expect((await importing.finished).status).toBe(3)

    expect(JSON.parse((posted[0] as Posted).body)).toMatchObject({ event: 'finished', rejected: 1 })
  })

  test('goes on where a hang-up is none of its terminal, as with nohup', async (context) => {
    const { where, simulator } = await prepare(context)
    const importing = start(where, IMPORT)
    await until('some are registered', () => simulator.stats().registrations > 3)
    importing.child.kill('SIGHUP')

    expect((await importing.finished).status).toBe(0)
  })

  test('goes on where its log cannot be written', async (context) => {
    const { where } = await prepare(context)
    const { status, stderr } = await run(where, [...IMPORT, '--log-file', '/dev/full', '--log-level', 'debug'])
    expect(status, stderr).toBe(0)
  })

  test.skipIf(!hasProgram('script'))('stops in order when its terminal is closed', async (context) => {
    const { where, simulator } = await prepare(context)
    const terminal = spawn('script', ['-qc', [process.execPath, entry, ...IMPORT].join(' '), '/dev/null'], {
      cwd: where.folder,
      env: where.env,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    context.onTestFinished(() => void terminal.kill('SIGKILL'))
    await until('some are registered', () => simulator.stats().registrations > 3)
    const closed = once(terminal, 'exit')
    terminal.kill('SIGKILL')
    await closed

    await until('the run is paused', () => state(where) === 'paused')
    expect(readSummary(where)).toMatchObject({ state: 'paused', rejected: 0, failed: 0 })
    expect((await run(where, ['resume', 'latest'])).status).toBe(0)
    expect(simulator.stats()).toMatchObject({ registrations: 60, repeats: { register: 0, link: 0 } })
  })
})
