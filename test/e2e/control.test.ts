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

const ROWS = 600
const IMPORT = ['import', 'members.csv', '--plan', 'plan.yaml']

interface Trial {
  readonly where: Place
  readonly simulator: Simulator
  /** An import that has registered some of its members, and has requests under way. */
  readonly importing: Running
}

const brokers = [{ broker: 'embedded' }, ...(hasRedis ? [{ broker: 'Redis' }] : [])] as const

describe.concurrent('a run under way', { timeout: 120_000 }, () => {
  test.for(brokers)('is paused by another process, on the $broker broker', async ({ broker }, context) => {
    const trial = await underWay(context, broker)
    const { where, simulator, importing } = trial

    const pause = await run(where, ['pause', 'latest'])

    expect(pause.status, pause.stderr).toBe(0)
    await expectPaused(trial, await importing.finished)
    expect((await run(where, ['pause', 'latest'])).status).toBe(2)
    simulator.setFaults({})
    await expectResumed(trial)
  })

  test.for(brokers)('is paused by Ctrl-C, on the $broker broker', async ({ broker }, context) => {
    const trial = await underWay(context, broker)

    trial.importing.child.kill('SIGINT')

    await expectPaused(trial, await trial.importing.finished)
    trial.simulator.setFaults({})
    await expectResumed(trial)
  })

  test.for(brokers)('is cancelled by another process, on the $broker broker', async ({ broker }, context) => {
    const { where, simulator, importing } = await underWay(context, broker)

    const cancel = await run(where, ['cancel', 'latest'])

    expect(cancel.status, cancel.stderr).toBe(0)
    const { status, stderr } = await importing.finished
    expect(status, stderr).toBe(4)
    expect(readSummary(where)['state']).toBe('cancelled')
    const { registrations } = simulator.stats()
    expect(readResults(where).filter(({ register }) => register?.result === 'registered')).toHaveLength(registrations)
    expect(registrations).toBeLessThan(ROWS)
    const resume = await run(where, ['resume', 'latest'])
    expect(resume.status).toBe(2)
    expect(resume.stderr).toContain('was cancelled')
    // A cancelled run does not stand in the way of another.
    simulator.setFaults({})
    const anew = await run(where, IMPORT)
    expect(anew.status, anew.stderr).toBe(0)
    expect(readReport(where, 'results.csv')).toHaveLength(ROWS)
    expect(simulator.stats().registrations).toBe(ROWS)
  })

  test('stops at once with a second Ctrl-C, and resume finishes it', async (context) => {
    const trial = await underWay(context, 'embedded')
    const { where, simulator, importing } = trial

    importing.child.kill('SIGINT')
    await until('the word of it', () => importing.stderr().includes('Stopping'))
    importing.child.kill('SIGINT')

    expect((await importing.finished).status).toBe(4)
    simulator.setFaults({})
    const { status, stderr } = await run(where, ['resume', 'latest'])
    expect(status, stderr).toBe(0)
    expectAllRegistered(trial)
  })

  test('keeps a second process off its embedded broker', async (context) => {
    const { where, importing } = await underWay(context, 'embedded')
    write(where, 'others.csv', membersCsv(1).replaceAll('M-', 'O-'))

    const second = await run(where, ['import', 'others.csv', '--plan', 'plan.yaml'])

    expect(second.status).toBe(2)
    expect(second.stderr).toContain('REDIS_URL')
    expect(importing.child.exitCode).toBe(null)
  })

  test.for(brokers)('keeps a second process off itself, on the $broker broker', async ({ broker }, context) => {
    const { where, importing } = await underWay(context, broker)

    const second = await run(where, ['resume', 'latest'])

    expect(second.status).toBe(2)
    expect(second.stderr).toContain('at work on run')
    expect(importing.child.exitCode).toBe(null)
  })
})

async function underWay({ onTestFinished }: TestContext, broker: 'embedded' | 'Redis'): Promise<Trial> {
  const simulator = await startSimulator({ latencyMs: 20, slowMs: 1_000 })
  onTestFinished(() => simulator.close())
  const redis = broker === 'Redis' ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  const where = await placeOn(simulator.url, redis, onTestFinished)
  write(where, 'members.csv', membersCsv(ROWS))
  write(where, 'plan.yaml', membersPlan)
  const importing = start(where, IMPORT)
  await until('some are registered', () => simulator.stats().registrations >= ROWS / 10)
  simulator.setFaults({ slow: 1 })
  return { where, simulator, importing }
}

/** What was in flight has its answer, nothing further is sent, and the words name the command that goes on. */
async function expectPaused({ where, simulator }: Trial, importing: Awaited<Running['finished']>): Promise<void> {
  expect(importing.status, importing.stderr).toBe(4)
  const id = latestRun(where.home).split('/').at(-1)
  expect(importing.stdout).toContain(`rollcall resume ${id}`)
  expect(readSummary(where)['state']).toBe('paused')
  const { registrations } = simulator.stats()
  expect(registrations).toBeLessThan(ROWS)
  expect(readResults(where).filter(({ register }) => register?.result === 'registered')).toHaveLength(registrations)
}

async function expectResumed(trial: Trial): Promise<void> {
  const { status, stderr } = await run(trial.where, ['resume', 'latest'])
  expect(status, stderr).toBe(0)
  expectAllRegistered(trial)
  // Stopped in order, nothing had to be sent twice.
  const { exists, alreadyLinked, repeats, lanes } = trial.simulator.stats()
  expect({ exists, alreadyLinked, repeats }).toEqual({ exists: 0, alreadyLinked: 0, repeats: { register: 0, link: 0 } })
  expect(lanes.register.arrivals).toBe(ROWS)
}

function expectAllRegistered({ where, simulator }: Trial): void {
  const results = readReport(where, 'results.csv')
  expect(results.map((row) => row['_row'])).toEqual(results.map((_, at) => String(at + 1)))
  expect(results.map((row) => [row['_register'], row['_link']])).toEqual(
    Array.from({ length: ROWS }, () => ['registered', 'linked']),
  )
  expect(simulator.stats()).toMatchObject({ registrations: ROWS, linksMade: ROWS })
}
