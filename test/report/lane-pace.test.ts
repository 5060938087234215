import { describe, expect, test } from 'vitest'

import type { LedgerEvent, Step, Timeline } from '../../src/ledger/ledger.ts'
import { lanePace } from '../../src/report/lane-pace.ts'
import { spansOf, sumOf } from '../../src/report/spans.ts'

const MINUTE = 60_000
const sent = (requests: number, answered = requests): Step => ({ requests, answered })
const timeline = (steps: readonly Step[], stepMs = 1_000): Timeline => ({ from: 0, stepMs, lanes: { register: steps } })
const limit = (at: number, rpm: number | undefined): LedgerEvent => ({ kind: 'limit', lane: 'register', at, rpm })

describe('the pace of a lane', () => {
  test('is drawn with few points, whatever its length, and ends with every row', () => {
    const steps = Array.from({ length: 2_400 }, () => sent(10))
    const pace = lanePace('register', timeline(steps), { events: [], limit: 600 })
    expect(pace?.points.length).toBeLessThanOrEqual(240)
    expect(pace?.points.at(-1)).toMatchObject({ answered: 24_000, possible: 24_000, limitRpm: 600 })
    for (const { rpm } of pace?.points ?? []) expect(rpm).toBeCloseTo(600)
  })

  test('at the limit it does not rise above it for a second that held one request more', () => {
    const steps = Array.from({ length: 1_200 }, (_, second) => sent(second % 3 === 0 ? 2 : 1))
    const pace = lanePace('register', timeline(steps), { events: [], limit: 80 })
    expect(Math.max(...(pace?.points ?? []).map(({ rpm }) => rpm))).toBeLessThan(82)
  })

  test('is set against the limit as it was at each time, in rows where a request carries many', () => {
    const steps = Array.from({ length: 120 }, () => sent(1, 50))
    const pace = lanePace('register', timeline(steps), { events: [limit(0, 60), limit(MINUTE, 120)], limit: 120 })
    const at = (second: number) => pace?.points.find((point) => point.at === second * 1_000)
    expect([at(60)?.limitRpm, at(120)?.limitRpm]).toEqual([60, 120])
    expect(at(60)?.possible).toBeCloseTo(3_000)
    expect(at(120)?.possible).toBe(6_000)
  })

  test('goes by the limits of its own lane, each from its moment on', () => {
    const steps = Array.from({ length: 120 }, () => sent(1))
    const events: readonly LedgerEvent[] = [
      { kind: 'limit', lane: 'link', at: 0, rpm: 7 },
      limit(0, 60),
      { kind: 'throttled', lane: 'register', at: 1_000, until: 2_000 },
      limit(MINUTE, 120),
      { kind: 'limit', lane: 'link', at: MINUTE, rpm: 8 },
    ]
    const pace = lanePace('register', timeline(steps), { events, limit: 5 })
    const limits = pace?.points.map((point) => point.limitRpm)
    expect(new Set(limits)).toEqual(new Set([60, 120]))
    expect(limits?.at(-1)).toBe(120)
  })

  test('has its holds drawn each by itself, by kind, where they lie apart', () => {
    const events: readonly LedgerEvent[] = [
      { kind: 'throttled', lane: 'register', at: 10_000, until: 12_000 },
      { kind: 'throttled', lane: 'register', at: 60_000, until: 62_000 },
      { kind: 'outage', lane: 'register', at: 30_000, until: 40_000, reason: 'away' },
    ]
    const pace = lanePace('register', timeline(Array.from({ length: 100 }, () => sent(1))), { events, limit: 60 })
    expect(pace?.bands).toEqual([
      { kind: 'throttled', from: 10_000, to: 12_000 },
      { kind: 'throttled', from: 60_000, to: 62_000 },
      { kind: 'outage', from: 30_000, to: 40_000 },
    ])
  })

  test('has no line to be set against where there is no limit, and is none where nothing was sent', () => {
    expect(
      lanePace('register', timeline([sent(1)]), { events: [limit(0, undefined)], limit: undefined })?.points,
    ).toEqual([{ at: 1_000, rpm: 60, limitRpm: undefined, answered: 1, possible: undefined }])
    expect(lanePace('link', timeline([sent(1)]), { events: [], limit: 1 })).toBeUndefined()
  })

  test('holds that lie too close to be told apart are drawn as one, and counted as many', () => {
    const events = Array.from({ length: 1_000 }, (_, nth): LedgerEvent => {
      return { kind: 'throttled', lane: 'register', at: nth * 100, until: nth * 100 + 50 }
    })
    const pace = lanePace('register', timeline(Array.from({ length: 100 }, () => sent(1))), { events, limit: 60 })
    expect(pace?.bands.length).toBeLessThanOrEqual(400)
    expect(sumOf(pace?.spans ?? [], 'throttled')).toEqual({ times: 1_000, ms: 50_000 })
  })
})

describe('when a lane stood still', () => {
  const steps = Array.from({ length: 100 }, (_, second) => (second < 20 || second >= 60 ? sent(1) : sent(0)))
  const spans = (events: readonly LedgerEvent[]) => spansOf('register', events, timeline(steps))

  test('is between a session and the next', () => {
    const events: readonly LedgerEvent[] = [
      { kind: 'began', at: 0 },
      { kind: 'ended', at: 21_000, how: 'paused' },
      { kind: 'began', at: 59_000 },
    ]
    expect(spans(events)).toEqual([{ kind: 'paused', from: 21_000, to: 59_000 }])
  })

  test('is from the last request of a session that was cut off', () => {
    expect(
      spans([
        { kind: 'began', at: 0 },
        { kind: 'began', at: 59_000 },
      ]),
    ).toEqual([{ kind: 'paused', from: 20_000, to: 59_000 }])
  })

  test('is an outage once, whoever told of it, and until the first answer where nobody told of its end', () => {
    const lane = 'register'
    expect(
      spans([
        { kind: 'outage', lane, at: 20_000, until: 30_000 },
        { kind: 'outage', lane, at: 25_000 },
        { kind: 'outage', lane: 'link', at: 1_000, until: 90_000 },
      ]),
    ).toEqual([{ kind: 'outage', from: 20_000, to: 60_000 }])
  })
})
