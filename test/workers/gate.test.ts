import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { RunState } from '../../src/broker/broker.ts'
import type { BatchJob, Notice } from '../../src/broker/jobs.ts'
import { createPacer } from '../../src/pace/pacer.ts'
import { localSlots } from '../../src/pace/slots.ts'
import { pass } from '../../workers/gate.ts'
import { createLaneHealth } from '../../workers/lane-health.ts'

const start = Date.parse('2026-11-22T00:00:00Z')

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: start, shouldAdvanceTime: true })
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
    signal: closing.signal,
    runState: async (run: string): Promise<RunState> => {
      asked.push(run)
      return states[Math.min(asked.length, states.length) - 1] ?? 'running'
    },
    notify: async (run: string, notice: Notice) => void notices.push({ run, notice }),
  }
  const goDown = () => {
    for (let time = 0; time < 5; time += 1) health.report(false, 'reset')
  }
  return { job, tools, notices, closing, asked, goDown, pass: () => pass(job, tools) }
}

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
  await vi.waitFor(() => expect(asked.length).toBe(3))
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
  const pacer = { ...tools.pacer, slot: () => Promise.reject(new Error('no slots')) }
  await expect(pass(job, { ...tools, pacer })).rejects.toThrow('no slots')
})

describe('while the host is away', () => {
  test('one request finds out whether it is back, and the others wait for what it finds', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: start })
    const { pass: ask, tools, asked, goDown } = setup()
    goDown()
    vi.setSystemTime(start + 1_000)
    expect(await ask()).toBe('go')
    let gone = false
    const other = ask().then((passage) => {
      gone = true
      return passage
    })
    await vi.waitFor(() => expect(asked.length).toBe(3))
    expect(gone).toBe(false)
    tools.health.report(true, '')
    expect(await other).toBe('go')
  })

  test('a request that waited for its slot since before the outage does not go into it', async () => {
    const { job, tools, goDown } = setup()
    let slots = 0
    const pacer = {
      ...tools.pacer,
      async slot() {
        slots += 1
        if (slots === 1) goDown()
        else vi.setSystemTime(start + 1_000)
      },
    }
    const passage = pass(job, { ...tools, pacer })
    await vi.waitFor(() => expect(slots).toBe(1))
    vi.setSystemTime(start + 1_000)
    expect(await passage).toBe('go')
    expect(slots).toBe(2)
  })

  test('a run that is paused meanwhile is parked, and has used no slot', async () => {
    const { job, tools, goDown } = setup({ states: ['running', 'parked'] })
    goDown()
    const pacer = { ...tools.pacer, slot: () => Promise.reject(new Error('a slot was asked for')) }
    expect(await pass(job, { ...tools, pacer })).toBe('park')
  })

  test('for as long as the plan allows, the run halts, and says since when and what to do', async () => {
    const { pass: ask, goDown, notices } = setup()
    goDown()
    vi.setSystemTime(start + 4_000)
    expect(await ask()).toBe('go')
    expect(notices).toEqual([])
    vi.setSystemTime(start + 5_000)
    expect(await ask()).toBe('park')
    expect(notices).toEqual([
      {
        run: 'run',
        notice: {
          kind: 'halt',
          lane: 'link',
          reason: 'The host has not answered on the link lane since 2026-11-22T00:00:00.000Z.',
          remedy: 'Find out why it does not answer, then resume the run.',
          outage: true,
        },
      },
    ])
  })
})
