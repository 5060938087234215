import { expect, test } from 'vitest'
import { LaneTroubles } from '../../src/app/session/lane-troubles.ts'
import { PaceMeter } from '../../src/app/session/pace-meter.ts'

/** Five samples a second, with so many requests a minute, one row each. */
function runFor(meter: PaceMeter, { from, seconds, rpm, done }: Record<'from' | 'seconds' | 'rpm' | 'done', number>) {
  const samples = Array.from({ length: seconds * 5 + 1 }, (_, at) => {
    const count = done + Math.floor((at * rpm) / 300)
    return meter.see({ at: from + at * 200, done: count, requests: { register: count } })
  })
  return samples.at(-1)
}

test('says the pace of the last seconds, and the rows of the last minute', () => {
  const meter = new PaceMeter()
  const first = runFor(meter, { from: 0, seconds: 100, rpm: 600, done: 0 })
  expect(first?.rpm['register']).toBeCloseTo(600, -1)
  expect((first?.rowsPerMs ?? 0) * 60_000).toBeCloseTo(600, -1)
  const slower = runFor(meter, { from: 100_000, seconds: 15, rpm: 60, done: 1_000 })
  expect(slower?.rpm['register']).toBeCloseTo(60, -1)
  expect((slower?.rowsPerMs ?? 0) * 60_000).toBeCloseTo((45 * 600 + 15 * 60) / 60, -2)
})

test('what an earlier session did is no pace of this one', () => {
  const meter = new PaceMeter()
  expect(meter.see({ at: 0, done: 50_000, requests: { register: 50_000 } }).rowsPerMs).toBeUndefined()
  const later = meter.see({ at: 6_000, done: 50_060, requests: { register: 50_060 } })
  expect(later.rpm['register']).toBe(600)
  expect(later.rowsPerMs).toBe(0.01)
})

test('where nothing is done, nobody knows how long it takes', () => {
  const meter = new PaceMeter()
  meter.see({ at: 0, done: 5, requests: {} })
  expect(meter.see({ at: 90_000, done: 5, requests: {} }).rowsPerMs).toBeUndefined()
})

test('a lane is down until it is up, and throttled for a while', () => {
  const troubles = new LaneTroubles()
  troubles.see({ kind: 'throttled', lane: 'link', since: 0, until: 1_000, reason: 'HTTP 429' })
  expect(troubles.at('link', 999)).toMatchObject({ kind: 'throttled', reason: 'HTTP 429' })
  expect(troubles.at('link', 1_000)).toBeUndefined()
  troubles.see({ kind: 'down', lane: 'link', since: 500, reason: 'ECONNREFUSED' })
  expect(troubles.at('link', 600)).toMatchObject({ kind: 'down', refused: false })
  expect(troubles.at('register', 600)).toBeUndefined()
  troubles.see({ kind: 'up', lane: 'link', since: 500 })
  expect(troubles.at('link', 600)).toMatchObject({ kind: 'throttled' })
  expect(troubles.at('link', 2_000)).toBeUndefined()
})

test('while Redis is away that keeps all lanes, whatever was told of the host before', () => {
  const troubles = new LaneTroubles()
  troubles.see({ kind: 'down', lane: 'link', since: 500, reason: 'ECONNREFUSED' })
  troubles.seeBroker('The connection to Redis is lost', 1_000)
  troubles.seeBroker('Redis is full', 2_000)
  for (const lane of ['link', 'register'])
    expect(troubles.at(lane, 3_000)).toEqual({ kind: 'down', refused: false, since: 1_000, reason: 'Redis is full' })
  troubles.seeBroker(undefined, 4_000)
  expect(troubles.at('link', 4_000)).toMatchObject({ reason: 'ECONNREFUSED' })
  expect(troubles.at('register', 4_000)).toBeUndefined()
})
