import { existsSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type TestContext, describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import {
  type Place,
  type Running,
  latestRun,
  placeOn,
  readReport,
  readResults,
  readSummary,
  run,
  start,
  write,
} from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

/** At ten registrations a second it takes half a minute: whatever a test does meanwhile comes in the middle of it. */
const ROWS = 300
const plan = membersPlan.replace('register: none', 'register: 600')
const IMPORT = ['import', 'members.csv', '--plan', 'plan.yaml']

interface Trial {
  readonly where: Place
  readonly simulator: Simulator
  /** An import that has registered some of its members, and has requests under way. */
  readonly importing: Running
}

const brokers: readonly { broker: 'embedded' | 'Redis' }[] = hasRedis
  ? [{ broker: 'embedded' }, { broker: 'Redis' }]
  : [{ broker: 'embedded' }]

describe.concurrent('a run under way', () => {
  test.for(brokers)(
    'keeps others off, is paused by another process and by Ctrl-C, and resumed, on the $broker broker',
    async ({ broker }, context) => {
      const trial = await underWay(context, broker)
      const { where, simulator, importing } = trial
      await expectOthersRefused(where, broker)
      const shown = await run(where, ['show', 'latest'])
      expect(shown.stdout, shown.stderr).toMatch(/\d+ open +in flight\n/)
      expect(shown.stdout).toMatch(/\d+ open +not sent yet\n/)

      const pause = await run(where, ['pause', 'latest'])

      expect(pause.status, pause.stderr).toBe(0)
      await expectPaused(trial, importing)
      const again = await run(where, ['pause', 'latest'])
      expect(again.status).toBe(2)
      expect(again.stderr).toContain('nothing to pause')

      const { registrations } = simulator.stats()
      const resuming = start(where, ['resume', 'latest'])
      await until('more are registered', () => simulator.stats().registrations >= registrations + 10)
      resuming.child.kill('SIGINT')

      await expectPaused(trial, resuming)
      await expectResumed(trial)
      // Stopped in order, nothing had to be sent twice.
      expect(simulator.stats().lanes.register.arrivals).toBe(ROWS)
      expect(simulator.stats()).toMatchObject({ exists: 0, alreadyLinked: 0, repeats: { register: 0, link: 0 } })
    },
  )

  test.skipIf(!hasRedis)('is paused and resumed while its workers are elsewhere', async ({ onTestFinished }) => {
    const simulator = await startSimulator({ latencyMs: 20 })
    onTestFinished(() => simulator.close())
    const redis = await startRedis()
    onTestFinished(() => redis.close())
    const where = await placeOn(simulator.url, redis, onTestFinished)
    write(where, 'members.csv', membersCsv(ROWS))
    write(where, 'plan.yaml', plan)
    const alive = join(where.folder, 'alive')
    const worker = start(where, ['worker', '--alive-file', alive])
    const importing = start(where, [...IMPORT, '--no-workers'])
    await until('some are registered', () => simulator.stats().registrations >= 10)

    const pause = await run(where, ['pause', 'latest'])

    expect(pause.status, pause.stderr).toBe(0)
    await expectPaused({ where, simulator, importing }, importing)
    rmSync(alive)
    await until('the worker shows that it is alive', () => existsSync(alive))
    worker.child.kill('SIGTERM')
    expect(await worker.finished).toMatchObject({ status: 0 })
    // The rest within seconds: a shorter minute has the same limit.
    start({ ...where, env: { ...where.env, ROLLCALL_MINUTE_MS: '1000' } }, ['worker'])
    const resumed = await run(where, ['resume', 'latest', '--no-workers'])
    expect(resumed.status, resumed.stderr).toBe(0)
    expect(await registeredRows(where)).toHaveLength(ROWS)
    expect(simulator.stats()).toMatchObject({ registrations: ROWS, exists: 0, linksMade: ROWS })
  })

  test.for(brokers)('is cancelled by another process, on the $broker broker', async ({ broker }, context) => {
    const { where, simulator, importing } = await underWay(context, broker)

    const cancel = await run(where, ['cancel', 'latest'])

    expect(cancel.status, cancel.stderr).toBe(0)
    const { status, stderr } = await importing.finished
    expect(status, stderr).toBe(1)
    expect(readSummary(where)['state']).toBe('cancelled')
    const { registrations } = simulator.stats()
    expect(await registeredRows(where)).toHaveLength(registrations)
    expect(registrations).toBeLessThan(ROWS)
    const resume = await run(where, ['resume', 'latest'])
    expect(resume.status).toBe(2)
    expect(resume.stderr).toContain('was cancelled')
    // It does not stand in the way of another, and nothing of it is left to be sent.
    const anew = await run(where, [...IMPORT, '--limit', '3'])
    expect(anew.status, anew.stderr).toBe(0)
    expect(simulator.stats().registrations).toBe(registrations)
  })

  test('stops at once with a second Ctrl-C, and resume finishes it', async (context) => {
    const trial = await underWay(context, 'embedded')
    const { importing } = trial

    trial.simulator.setFaults({ slow: 1 })
    const { arrivals } = trial.simulator.stats().lanes.register
    await until('requests wait', () => trial.simulator.stats().lanes.register.arrivals > arrivals)

    await until('it has ended', () => !importing.child.kill('SIGINT'))

    const { status, stderr, stdout } = await importing.finished
    expect([status, stderr.match(/Stopping/g)?.length, stdout]).toEqual([4, 1, ''])
    expect(stderr).toMatch(/To go on:\n {2}\S*rollcall resume \S+-members-\w{4}\n/)
    trial.simulator.setFaults({})
    await expectResumed(trial)
  })

  test('takes two signals at once for one', async (context) => {
    const { where, simulator, importing } = await underWay(context, 'embedded')

    importing.child.kill('SIGINT')
    importing.child.kill('SIGTERM')

    await expectPaused({ where, simulator, importing }, importing)
  })
})

/** A run has one process at work, and the embedded broker serves one at all. */
async function expectOthersRefused(where: Place, broker: 'embedded' | 'Redis'): Promise<void> {
  const resume = await run(where, ['resume', 'latest'])
  expect(resume.status).toBe(2)
  expect(resume.stderr).toContain('at work')
  if (broker === 'Redis') return
  write(where, 'others.csv', membersCsv(1))
  const other = await run(where, ['import', 'others.csv', '--plan', 'plan.yaml'])
  expect(other.status).toBe(2)
  expect(other.stderr).toContain('set REDIS_URL')
}

async function underWay({ onTestFinished }: TestContext, broker: 'embedded' | 'Redis'): Promise<Trial> {
  const simulator = await startSimulator({ latencyMs: 300, slowMs: 5_000 })
  onTestFinished(() => simulator.close())
  const redis = broker === 'Redis' ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  const where = await placeOn(simulator.url, redis, onTestFinished)
  write(where, 'members.csv', membersCsv(ROWS))
  write(where, 'plan.yaml', plan)
  const importing = start(where, IMPORT)
  await until('some are registered', () => simulator.stats().registrations >= 10)
  return { where, simulator, importing }
}

/** What was in flight has its answer, nothing further is sent, and the words name the command that goes on. */
async function expectPaused({ where, simulator }: Trial, running: Running): Promise<void> {
  const { status, stdout, stderr } = await running.finished
  expect(status, stderr).toBe(4)
  expect(stdout).toContain(`rollcall resume ${basename(latestRun(where.home))}`)
  expect(readSummary(where)['state']).toBe('paused')
  const { registrations } = simulator.stats()
  expect(registrations).toBeLessThan(ROWS)
  expect(await registeredRows(where)).toHaveLength(registrations)
}

async function expectResumed({ where, simulator }: Trial): Promise<void> {
  // The rest within seconds: a shorter minute has the same limit.
  const env = { ...where.env, ROLLCALL_MINUTE_MS: '1000' }
  const { status, stderr } = await run({ ...where, env }, ['resume', 'latest'])
  expect(status, stderr).toBe(0)
  const words = readReport(where, 'results.csv').map((row) => [row['_row'], row['_register'], row['_link']])
  expect(words).toEqual(Array.from({ length: ROWS }, (_, at) => [String(at + 1), 'registered', 'linked']))
  expect(simulator.stats()).toMatchObject({ registrations: ROWS, linksMade: ROWS })
}

async function registeredRows(where: Place): Promise<readonly number[]> {
  return (await readResults(where)).flatMap(({ row, register }) => (register?.result === 'registered' ? row : []))
}
