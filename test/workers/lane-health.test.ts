import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type HealthChange, createLaneHealth } from '../../workers/lane-health.ts'

const start = Date.parse('2026-11-22T00:00:00Z')

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: start })
})
afterEach(() => {
  vi.useRealTimers()
})

function setup() {
  const changes: HealthChange[] = []
  const health = createLaneHealth((change) => changes.push(change))
  const startedAt = performance.now()
  const fail = (times: number) => {
    for (let time = 1; time <= times; time += 1)
      health.report({ kind: 'failed', reason: `failure ${time}` }, performance.now())
  }
  const refuse = (...rows: readonly number[]) => {
    for (const row of rows) health.report({ kind: 'refused', reason: 'HTTP 403', row }, performance.now())
  }
  const answer = () => health.report({ kind: 'answered' }, performance.now())
  /** The clock goes on to that time after the start. */
  const goTo = (ms: number) => vi.advanceTimersByTime(startedAt + ms - performance.now())
  /** What a caller without patience is told at that time. */
  const clearedAt = (ms: number) => {
    goTo(ms)
    return health.clear(new AbortController().signal, 0)
  }
  return { changes, health, fail, refuse, answer, goTo, clearedAt, startedAt }
}

test('a lane is open until five requests in a row got no answer', async () => {
  const { changes, health, fail, clearedAt } = setup()
  fail(4)
  expect(await clearedAt(10)).toBe('open')
  expect(changes).toEqual([])
  health.report({ kind: 'failed', reason: 'the fifth' }, performance.now())
  expect(await clearedAt(20)).toBe('wait')
  expect(health.isOpen()).toBe(false)
  expect(changes).toEqual([{ down: true, refused: false, reason: 'the fifth', since: start + 10 }])
})

test('one answer in between is proof that the host is there', async () => {
  const { changes, health, fail, answer, clearedAt } = setup()
  fail(4)
  answer()
  fail(4)
  expect(await clearedAt(0)).toBe('open')
  expect(health.isOpen()).toBe(true)
  expect(changes).toEqual([])
})

test('while the host is away one caller tries after a second, then after two, then every four', async () => {
  const { fail, clearedAt } = setup()
  fail(5)
  const tried = []
  for (let ms = 0; ms <= 16_000; ms += 250) if ((await clearedAt(ms)) === 'probe') tried.push(ms)
  expect(tried).toEqual([1_000, 2_000, 4_000, 8_000, 12_000, 16_000])
})

test('further failures neither announce the outage again nor put the next try off', async () => {
  const { changes, fail, goTo, clearedAt } = setup()
  fail(5)
  goTo(900)
  fail(5)
  expect(changes).toHaveLength(1)
  expect(await clearedAt(1_000)).toBe('probe')
})

test('an answer opens the lane, and tells since when it was down', async () => {
  const { changes, health, fail, answer, clearedAt } = setup()
  fail(5)
  expect(await clearedAt(1_000)).toBe('probe')
  answer()
  answer()
  expect(await clearedAt(1_001)).toBe('open')
  expect(health.isOpen()).toBe(true)
  expect(changes.slice(1)).toEqual([{ down: false, refused: false, reason: '', since: start }])
})

test('a second outage takes five failures again, and is tried again after a second', async () => {
  const { changes, fail, answer, clearedAt } = setup()
  fail(5)
  for (const ms of [1_000, 2_000, 4_000]) expect(await clearedAt(ms)).toBe('probe')
  answer()
  fail(4)
  expect(await clearedAt(20_000)).toBe('open')
  fail(1)
  expect(changes.map(({ down }) => down)).toEqual([true, false, true])
  expect(await clearedAt(20_999)).toBe('wait')
  expect(await clearedAt(21_000)).toBe('probe')
  expect(await clearedAt(21_999)).toBe('wait')
  expect(await clearedAt(22_000)).toBe('probe')
})

test('who waits goes on when the host answers somebody else', async () => {
  const { health, fail, answer } = setup()
  fail(5)
  const waiting = health.clear(new AbortController().signal, 10)
  answer()
  expect(await waiting).toBe('open')
})

test('what was refused is asked with only where nothing else is', async () => {
  const { health, refuse, goTo, clearedAt } = setup()
  refuse(1, 1, 1, 1, 1)
  const { signal } = new AbortController()
  const other = health.clear(signal, 60_000)
  goTo(1_000)
  expect(await health.clear(signal, 0, true)).toBe('wait')
  expect(await other).toBe('probe')
  goTo(3_500)
  expect(await health.clear(signal, 0, true)).toBe('probe')
  expect(await clearedAt(3_600)).toBe('wait')
})

test('who waits is told to ask again when the patience ends', async () => {
  const { health, fail } = setup()
  fail(5)
  vi.useRealTimers()
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: start + 10, shouldAdvanceTime: true })
  expect(await health.clear(new AbortController().signal, 30)).toBe('wait')
})

test('who waits stops at once when the worker closes', async () => {
  const { health, fail } = setup()
  fail(5)
  const closing = new AbortController()
  const waiting = health.clear(closing.signal, 60_000)
  closing.abort()
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
})

test('it is known whether anybody was answered after a moment', () => {
  const { health, fail, answer, goTo, startedAt } = setup()
  expect(health.hasAnswered()).toBe(false)
  expect(health.answeredSince(startedAt)).toBe(false)
  goTo(5)
  answer()
  goTo(9)
  fail(1)
  expect([0, 4].map((ms) => health.answeredSince(startedAt + ms))).toEqual([true, true])
  expect([5, 9].map((ms) => health.answeredSince(startedAt + ms))).toEqual([false, false])
  expect(health.hasAnswered()).toBe(true)
})

test('a wall clock that is put back or forward by an hour changes nothing but what is shown', async () => {
  const { changes, health, fail, clearedAt } = setup()
  fail(1)
  vi.setSystemTime(start - 3_600_000)
  fail(4)
  expect(await clearedAt(999)).toBe('wait')
  vi.setSystemTime(start + 3_600_000)
  expect(await clearedAt(999)).toBe('wait')
  expect(await clearedAt(1_000)).toBe('probe')
  expect(health.standstill()).toMatchObject({ forMs: 1_000, since: start })
  expect(changes).toMatchObject([{ since: start - 3_600_000 }])
})

describe('a standstill', () => {
  test('lasts from the first request without an answer to the next answer, whatever else comes', () => {
    const { health, fail, refuse, answer, goTo } = setup()
    expect(health.standstill()).toBeUndefined()
    fail(1)
    goTo(400)
    health.report({ kind: 'throttled', reason: 'HTTP 429: Daily quota exceeded' }, performance.now())
    goTo(700)
    expect(health.standstill()).toMatchObject({
      kind: 'throttled',
      reason: 'HTTP 429: Daily quota exceeded',
      since: start,
      forMs: 700,
    })
    refuse(1)
    expect(health.standstill()).toMatchObject({ kind: 'refused', forMs: 700 })
    answer()
    expect(health.standstill()).toBeUndefined()
  })

  test('is confirmed by a request that left when it was known, and not by those under way', () => {
    const { health, fail, startedAt } = setup()
    fail(1)
    health.report({ kind: 'failed', reason: 'under way before' }, startedAt - 5)
    expect(health.standstill()?.confirmed).toBe(false)
    vi.advanceTimersByTime(1)
    fail(1)
    expect(health.standstill()?.confirmed).toBe(true)
  })

  test('knows how many rows were refused, and for how long no new one was among them', () => {
    const { changes, health, refuse } = setup()
    refuse(1, 2, 1, 2)
    expect(health.standstill()).toMatchObject({ refusals: 4, refusedRows: 2, repeats: 2 })
    refuse(3)
    expect(health.standstill()).toMatchObject({ refusals: 5, refusedRows: 3, repeats: 0 })
    expect(changes).toMatchObject([{ down: true, refused: true, reason: 'HTTP 403' }])
  })

  test('of a pace does not close the lane, whose slots are held', () => {
    const { changes, health } = setup()
    for (let time = 0; time < 9; time += 1) health.report({ kind: 'throttled', reason: 'HTTP 429' }, performance.now())
    expect(health.isOpen()).toBe(true)
    expect(changes).toEqual([])
  })

  test('of a lane that nobody used for two minutes is none of the next who uses it', async () => {
    const { changes, health, fail, goTo, clearedAt } = setup()
    fail(5)
    goTo(60_000)
    expect(health.isOpen()).toBe(false)
    expect(await clearedAt(120_001)).toBe('open')
    expect(health.standstill()).toBeUndefined()
    expect(changes.slice(1)).toMatchObject([{ down: false, forgotten: true, since: start }])
  })

  test('is forgotten as well by who only asks for it', () => {
    const { health, fail, goTo } = setup()
    fail(5)
    goTo(119_000)
    expect(health.standstill()).toMatchObject({ forMs: 119_000 })
    // Who asks for it waits: that is a use.
    goTo(238_000)
    expect(health.standstill()).toMatchObject({ forMs: 238_000 })
    goTo(360_000)
    expect(health.standstill()).toBeUndefined()
  })
})

describe('errors of the API’s own', () => {
  const several = 3
  const erring = () => {
    const { health, ...more } = setup()
    const err = (...rows: readonly (number | undefined)[]) => {
      for (const row of rows) health.report({ kind: 'erred', reason: 'internal', row, several }, performance.now())
    }
    return { health, err, ...more }
  }

  test('stop the lane where several rows brought nothing else, and none was settled', () => {
    const { health, err, changes } = erring()
    err(1, 2, 1, 2, 1, 2)
    expect(health.isOpen()).toBe(true)
    expect(health.erredRows()).toBe(2)
    err(3, 1, 2, 3, 1)
    expect(health.isOpen()).toBe(false)
    expect(changes).toMatchObject([{ down: true, refused: true, reason: 'internal' }])
    expect(health.standstill()).toMatchObject({ kind: 'erred', reason: 'internal' })
  })

  test('of requests of several rows say nothing of all, as one of the rows may be at fault', () => {
    const { health, err } = erring()
    err(...Array.from({ length: 20 }, () => undefined))
    expect(health.standstill()).toBeUndefined()
  })

  test('are their rows’ own once somebody was settled', () => {
    const { health, err, answer } = erring()
    answer()
    err(1, 2, 3, 4, 5, 6, 7, 8)
    expect(health.erredRows()).toBeUndefined()
    expect(health.standstill()).toBeUndefined()
  })

  test('say that the host is there', () => {
    const { health, err, fail } = erring()
    fail(5)
    err(1)
    expect(health.isOpen()).toBe(true)
    expect(health.hasAnswered()).toBe(false)
  })
})
