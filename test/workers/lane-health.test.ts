import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type HealthChange, createLaneHealth } from '../../workers/lane-health.ts'

const start = Date.parse('2026-11-22T00:00:00Z')

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: start })
})
afterEach(() => {
  vi.useRealTimers()
})

function setup() {
  const changes: HealthChange[] = []
  const health = createLaneHealth((change) => changes.push(change))
  const fail = (times: number) => {
    for (let time = 1; time <= times; time += 1) health.report(false, `failure ${time}`)
  }
  /** What a caller without patience is told at that time after the start. */
  const clearedAt = (ms: number) => {
    vi.setSystemTime(start + ms)
    return health.clear(new AbortController().signal, 0)
  }
  return { changes, health, fail, clearedAt }
}

test('a lane is open until five requests in a row got no answer', async () => {
  const { changes, health, fail, clearedAt } = setup()
  fail(4)
  expect(await clearedAt(10)).toBe('open')
  expect(changes).toEqual([])
  health.report(false, 'the fifth')
  expect(await clearedAt(20)).toBe('wait')
  expect(health.downSince()).toBe(start + 10)
  expect(changes).toEqual([{ down: true, reason: 'the fifth', since: start + 10 }])
})

test('one answer in between is proof that the host is there', async () => {
  const { changes, health, fail, clearedAt } = setup()
  fail(4)
  health.report(true, '')
  fail(4)
  expect(await clearedAt(0)).toBe('open')
  expect(health.downSince()).toBeUndefined()
  expect(changes).toEqual([])
})

test('while the host is away one caller tries after a second, then after two, then every four', async () => {
  const { fail, clearedAt } = setup()
  fail(5)
  const probedAt: number[] = []
  for (let ms = 0; ms <= 16_000; ms += 250) {
    const told = [await clearedAt(ms), await clearedAt(ms), await clearedAt(ms)]
    expect(told.slice(1)).toEqual(['wait', 'wait'])
    if (told[0] === 'probe') probedAt.push(ms)
  }
  expect(probedAt).toEqual([1_000, 2_000, 4_000, 8_000, 12_000, 16_000])
})

test('further failures neither announce the outage again nor put the next try off', async () => {
  const { changes, health, fail, clearedAt } = setup()
  fail(5)
  vi.setSystemTime(start + 900)
  fail(5)
  expect(health.downSince()).toBe(start)
  expect(changes).toHaveLength(1)
  expect(await clearedAt(1_000)).toBe('probe')
})

test('an answer opens the lane, and tells since when it was down', async () => {
  const { changes, health, fail, clearedAt } = setup()
  fail(5)
  expect(await clearedAt(1_000)).toBe('probe')
  health.report(true, '')
  health.report(true, '')
  expect(await clearedAt(1_001)).toBe('open')
  expect(health.downSince()).toBeUndefined()
  expect(changes.slice(1)).toEqual([{ down: false, reason: '', since: start }])
})

test('a second outage takes five failures again, and is tried again after a second', async () => {
  const { changes, health, fail, clearedAt } = setup()
  fail(5)
  for (const ms of [1_000, 2_000, 4_000]) expect(await clearedAt(ms)).toBe('probe')
  health.report(true, '')
  fail(4)
  expect(await clearedAt(20_000)).toBe('open')
  fail(1)
  expect(health.downSince()).toBe(start + 20_000)
  expect(changes.map(({ down }) => down)).toEqual([true, false, true])
  expect(await clearedAt(20_999)).toBe('wait')
  expect(await clearedAt(21_000)).toBe('probe')
  expect(await clearedAt(21_999)).toBe('wait')
  expect(await clearedAt(22_000)).toBe('probe')
})

test('who waits goes on when the host answers somebody else', async () => {
  const { health, fail } = setup()
  fail(5)
  const waiting = health.clear(new AbortController().signal, 10)
  health.report(true, '')
  expect(await waiting).toBe('open')
})

test('who waits is told to ask again when the patience ends', async () => {
  const { health, fail } = setup()
  fail(5)
  vi.useRealTimers()
  vi.useFakeTimers({ toFake: ['Date'], now: start + 10, shouldAdvanceTime: true })
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
  const { health, fail } = setup()
  expect(health.answeredSince(start)).toBe(false)
  vi.setSystemTime(start + 5)
  health.report(true, '')
  vi.setSystemTime(start + 9)
  fail(1)
  expect([start, start + 4].map((at) => health.answeredSince(at))).toEqual([true, true])
  expect([start + 5, start + 9].map((at) => health.answeredSince(at))).toEqual([false, false])
})

test('a clock that is put back by an hour does not keep the next probe from going', async () => {
  const { fail, clearedAt } = setup()
  fail(5)
  expect(await clearedAt(999)).toBe('wait')
  expect(await clearedAt(-3_600_000)).toBe('probe')
  expect(await clearedAt(-3_600_000 + 1)).toBe('wait')
})
