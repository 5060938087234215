import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { RunState } from '../../src/broker/broker.ts'
import type { BatchJob, Notice } from '../../src/broker/jobs.ts'
import type { NoToken } from '../../src/capillary/client.ts'
import { type Place, createPacer } from '../../src/pace/pacer.ts'
import { localSlots } from '../../src/pace/slots.ts'
import { pass } from '../../workers/gate.ts'
import { createLaneHealth } from '../../workers/lane-health.ts'
import { runPatience } from '../../workers/run-patience.ts'
import { served } from './one-pass.ts'

/** A machine that is busy with other things is no failure. */
const PATIENTLY = { timeout: 60_000 }

const start = Date.parse('2026-11-22T00:00:00Z')

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: start, shouldAdvanceTime: true })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A run whose state is asked for before each request; `states` in that order, and the last of them for ever. */
function setup({ states = ['running'], rpm }: { states?: readonly RunState[]; rpm?: number } = {}) {
  const job: BatchJob = {
    run: 'run',
    lane: 'link',
    batch: 1,
    pass: 0,
    settings: { onExists: 'ok', retryAttempts: 3, retryForMs: 60_000, outageMs: 5_000, rpm },
    rows: [],
  }
  const notices: { readonly run: string; readonly notice: Notice }[] = []
  const closing = new AbortController()
  const health = createLaneHealth(() => {})
  const asked: string[] = []
  const tools = {
    pacer: createPacer(localSlots()),
    health,
    account: served,
    signal: closing.signal,
    runState: async (run: string): Promise<RunState> => {
      asked.push(run)
      return states[Math.min(asked.length, states.length) - 1] ?? 'running'
    },
    notify: async (run: string, notice: Notice) => void notices.push({ run, notice }),
    patience: runPatience(),
  }
  const goDown = () => {
    for (let time = 0; time < 5; time += 1) health.report({ kind: 'failed', reason: 'reset' }, performance.now())
  }
  const kindOf = async (passage = pass(job, tools)) => (await passage).kind
  return { job, tools, notices, closing, asked, goDown, pass: kindOf }
}

/** An outage that lasts for as long as the plan waits. */
function outage(of: ReturnType<typeof setup>): void {
  of.goDown()
  vi.advanceTimersByTime(4_000)
  of.goDown()
  vi.advanceTimersByTime(1_000)
}

/** A request that waits on a lane which others know to be held. */
async function held(ms: number) {
  const slots = localSlots()
  await createPacer(slots).hold(ms, { slower: true })
  const trial = setup({ rpm: 600 })
  const passage = pass(trial.job, { ...trial.tools, pacer: createPacer(slots) })
  return { ...trial, passage }
}

const atOnce: Place = { turn: () => Promise.resolve('slot'), leave() {} }
const noSlots = (why: string) => (): Place => ({ turn: () => Promise.reject(new Error(why)), leave() {} })

test('a request goes when its run is running, its host answers and its lane has a slot', async () => {
  const { pass: ask, asked, notices } = setup()
  expect(await ask()).toBe('go')
  expect(new Set(asked)).toEqual(new Set(['run']))
  expect(notices).toEqual([])
})

test.each([
  { state: 'parked', passage: 'park' },
  { state: 'cancelled', passage: 'drop' },
] as const)('a run that is $state lets nothing go: $passage', async ({ state, passage }) => {
  expect(await setup({ states: [state] }).pass()).toBe(passage)
  // As it also is where that comes about while the request waits for its slot.
  expect(await setup({ states: ['running', state] }).pass()).toBe(passage)
})

test('a worker that closes lets nothing go, not even what waits for a slot', async () => {
  const { pass: ask, closing, asked } = setup({ rpm: 1 })
  await ask()
  const waiting = ask()
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(2), PATIENTLY)
  closing.abort()
  expect(await waiting).toBe('stop')
  expect(await ask()).toBe('stop')
})

test('a broker that fails to give the run’s state fails the pass', async () => {
  const { job, tools } = setup()
  const away = { ...tools, runState: () => Promise.reject(new Error('Redis is away')) }
  await expect(pass(job, away)).rejects.toThrow('Redis is away')
})

test('a pacer that fails while the worker goes on fails the pass', async () => {
  const { job, tools } = setup()
  const pacer = { ...tools.pacer, join: noSlots('no slots') }
  await expect(pass(job, { ...tools, pacer })).rejects.toThrow('no slots')
})

test('a request that would wait long for its slot looks meanwhile whether its run goes on', async () => {
  const { pass: ask } = setup({ states: ['running', 'running', 'running', 'parked'], rpm: 1 })
  expect(await ask()).toBe('go')
  expect(await ask()).toBe('park')
})

describe('while the host is away', () => {
  test('one request finds out whether it is back, and the others wait for what it finds', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: start })
    const { job, tools, pass: ask, asked, goDown } = setup()
    goDown()
    vi.advanceTimersByTime(1_000)
    expect(await pass(job, tools)).toEqual({ kind: 'go', isProbe: true })
    let gone = false
    const other = ask().then((passage) => {
      gone = true
      return passage
    })
    await vi.waitFor(() => expect(asked.length).toBe(3), PATIENTLY)
    expect(gone).toBe(false)
    tools.health.report({ kind: 'answered' }, performance.now())
    expect(await other).toBe('go')
  })

  test('a request that waited for its slot since before the outage does not go into it', async () => {
    const { job, tools, goDown } = setup()
    let slots = 0
    const pacer = {
      ...tools.pacer,
      join() {
        slots += 1
        if (slots === 1) goDown()
        else vi.advanceTimersByTime(1_000)
        return atOnce
      },
    }
    const passage = pass(job, { ...tools, pacer })
    await vi.waitFor(() => expect(slots).toBe(1), PATIENTLY)
    vi.advanceTimersByTime(1_000)
    expect(await passage).toMatchObject({ kind: 'go' })
    expect(slots).toBe(2)
  })

  test('a run that is paused meanwhile is parked, and has used no slot', async () => {
    const { job, tools, goDown } = setup({ states: ['running', 'parked'] })
    goDown()
    const pacer = { ...tools.pacer, join: noSlots('a slot was asked for') }
    expect(await pass(job, { ...tools, pacer })).toEqual({ kind: 'park' })
  })

  test('for as long as the plan allows, the run halts, and says since when and what to do', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: start })
    const { pass: ask, tools, goDown, notices } = setup()
    goDown()
    vi.advanceTimersByTime(4_000)
    expect(await ask()).toBe('go')
    tools.health.report({ kind: 'failed', reason: 'reset' }, performance.now())
    expect(notices).toEqual([])
    vi.advanceTimersByTime(1_000)
    expect(await ask()).toBe('park')
    expect(notices).toEqual([
      {
        run: 'run',
        notice: {
          kind: 'halt',
          lane: 'link',
          reason: 'The host has not answered on the link lane since 2026-11-22T00:00:00.000Z. What came last: reset.',
          remedy: 'Find out why it does not answer, then resume the run.',
          outage: true,
        },
      },
    ])
  })
})

describe('a run that was halted and is resumed', () => {
  test.each([10_000, 3_600_000])('after %i ms asks the host again, with all of its patience', async (laterMs) => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: start })
    const trial = setup({ states: ['running', 'parked', 'running'] })
    outage(trial)
    expect(await trial.pass()).toBe('park')
    // Others that wait see that it is parked.
    expect(await trial.pass()).toBe('park')
    vi.advanceTimersByTime(laterMs)
    expect(await trial.pass()).toBe('go')
    expect(trial.notices).toHaveLength(1)
    trial.goDown()
    vi.advanceTimersByTime(4_900)
    expect(await trial.pass()).toBe('go')
    trial.goDown()
    vi.advanceTimersByTime(100)
    expect(await trial.pass()).toBe('park')
    expect(trial.notices).toHaveLength(2)
  })

  test('is not halted before the host was asked again, however long that takes', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: start })
    const trial = setup({ states: ['running', 'parked', 'running'] })
    outage(trial)
    await trial.pass()
    await trial.pass()
    vi.advanceTimersByTime(10_000)
    let asked = 0
    // A token is long in coming.
    const clear = async () => {
      asked += 1
      if (asked > 1) return 'open'
      vi.advanceTimersByTime(6_000)
      return 'wait'
    }
    const passage = pass(trial.job, { ...trial.tools, account: { clear, isReady: () => true } })
    expect(await passage).toMatchObject({ kind: 'go' })
  })
})

describe('while the API lets nothing through', () => {
  const quota = { kind: 'throttled', reason: 'HTTP 429: Daily quota exceeded' } as const

  test('for as long as the plan allows, though it was asked again, the run halts with the API’s words', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: start })
    const { pass: ask, tools, notices } = setup()
    tools.health.report(quota, performance.now())
    vi.advanceTimersByTime(3_000)
    expect(await ask()).toBe('go')
    tools.health.report(quota, performance.now())
    vi.advanceTimersByTime(2_000)
    expect(await ask()).toBe('park')
    expect(notices).toMatchObject([
      {
        notice: {
          kind: 'halt',
          reason:
            'The API has let nothing through on the link lane since 2026-11-22T00:00:00.000Z: HTTP 429: Daily quota exceeded.',
          outage: true,
        },
      },
    ])
  })

  test('a hold of less than a minute ends first: it may be the limit of this minute alone', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: start })
    const { pass: ask, tools } = setup()
    tools.health.report(quota, performance.now())
    await tools.pacer.hold(6_000, { slower: true })
    vi.advanceTimersByTime(5_999)
    const waiting = ask()
    vi.advanceTimersByTime(1)
    expect(await waiting).toBe('go')
  })

  test('a hold of hours is waited for no longer than the plan allows', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: start })
    const { pass: ask, tools, notices } = setup()
    tools.health.report(quota, performance.now())
    await tools.pacer.hold(7_200_000, { slower: true })
    vi.advanceTimersByTime(5_000)
    expect(await ask()).toBe('park')
    expect(notices).toHaveLength(1)
  })
})

describe('a lane that is held by what another request was told', () => {
  test('is told to the run that waits, once, with the end of it', async () => {
    const { closing, notices, passage } = await held(30_000)
    await vi.waitFor(() => expect(notices).toHaveLength(1), PATIENTLY)
    const [{ notice } = {}] = notices
    expect(notice).toMatchObject({ kind: 'throttled', lane: 'link', reason: 'it said so to a request before' })
    const { until } = notice as { readonly until: number }
    expect(Math.abs(until - start - 30_000)).toBeLessThan(1_000)
    closing.abort()
    expect(await passage).toEqual({ kind: 'stop' })
    expect(notices).toHaveLength(1)
  })

  test('is told again to a run that is resumed', () => {
    const patience = runPatience()
    expect([1, 2].map(() => patience.isNews('run', 'link', 30_000))).toEqual([true, false])
    expect(patience.isNews('run', 'update', 30_000)).toBe(true)
    patience.parked('run')
    expect(patience.isNews('run', 'link', 29_000)).toBe(true)
  })

  test('for hours is waited for no longer than the plan allows, also where others were answered since', async () => {
    const { notices, passage, tools } = await held(7_200_000)
    await vi.waitFor(() => expect(notices).toHaveLength(1), PATIENTLY)
    // It had left before.
    tools.health.report({ kind: 'answered' }, performance.now())
    await vi.waitFor(() => expect(tools.health.standstill()).toBeDefined(), PATIENTLY)
    vi.advanceTimersByTime(5_000)
    expect(await passage).toEqual({ kind: 'park' })
    expect(notices.at(-1)).toMatchObject({ notice: { kind: 'halt', outage: true } })
  })
})

describe('an account', () => {
  const noToken: NoToken = { kind: 'denied', status: 401, message: 'no token for these', latencyMs: 1 }

  test('without a token has what came of asking for one stand for the request, which takes no slot', async () => {
    const { job, tools } = setup()
    const account = { clear: () => Promise.resolve(noToken), isReady: () => false }
    const pacer = { ...tools.pacer, join: noSlots('a slot was asked for') }
    expect(await pass(job, { ...tools, account, pacer })).toEqual({ kind: 'no-token', came: noToken })
  })

  test('whose token ended while the request waited for its slot has it wait for the next, and take another', async () => {
    const { job, tools } = setup()
    const ready = [false, true]
    let slots = 0
    const account = { clear: served.clear, isReady: () => ready.shift() ?? true }
    const pacer = { ...tools.pacer, join: () => ((slots += 1), atOnce) }
    expect(await pass(job, { ...tools, account, pacer })).toEqual({ kind: 'go', isProbe: false })
    expect(slots).toBe(2)
  })

  test('in doubt lets one request find out, whatever is at hand', async () => {
    const { job, tools } = setup()
    const account = { clear: () => Promise.resolve('probe' as const), isReady: () => false }
    expect(await pass(job, { ...tools, account })).toEqual({ kind: 'go', isProbe: true })
  })
})
