import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countWork } from '../../src/app/metrics/work-totals.ts'
import type { AppEvent } from '../../src/app/events.ts'
import { openTelemetry } from '../../src/telemetry/open-telemetry.ts'

const nothingExported = { metrics: false, traces: false, everyMs: 60_000 }

function opened() {
  const work = countWork()
  const telemetry = openTelemetry({
    sources: {
      totals: () => work.now(2_000_000),
      syncs: () => [
        { sync: 'nightly', lastGoodAt: 1_700_000_000_000, problems: 3 },
        { sync: 'new', lastGoodAt: undefined, problems: undefined },
      ],
    },
    export: nothingExported,
    onTrouble: () => {},
  })
  return {
    telemetry,
    tell(...events: readonly AppEvent[]) {
      for (const event of events) {
        work.on(event)
        telemetry.on(event)
      }
    },
  }
}

const request: Extract<AppEvent, { kind: 'request' }> = {
  kind: 'request',
  run: 'members-of-jane-doe-20261129',
  lane: 'register',
  result: 'ok',
  batch: { lane: 'register', batch: 7, pass: 0 },
  at: 1_000,
  tookMs: 120,
  rows: 1,
  status: 200,
  requestId: 'abc-request-id',
}

test('the names and labels are those that dashboards go by, and no label names a run, a row or a member', async () => {
  const { telemetry, tell } = opened()
  tell(
    { kind: 'lane-health', lane: 'register', up: true },
    { kind: 'lane-limit', lane: 'register', rpm: 600 },
    { kind: 'lane-load', lane: 'register', rows: 12 },
    request,
    { ...request, result: 'throttled', tookMs: 40 },
    { kind: 'row-answered', lane: 'register', result: 'registered' },
    { kind: 'lane-held', lane: 'register', from: 1_000_000, until: 1_030_000 },
    { kind: 'lane-health', lane: 'register', up: false },
  )
  const text = await telemetry.metricsText()
  for (const line of [
    'rollcall_requests_total{lane="register",result="ok"} 1',
    'rollcall_requests_total{lane="register",result="throttled"} 1',
    'rollcall_requests_total{lane="register",result="lost"} 0',
    'rollcall_request_duration_seconds_count{lane="register"} 2',
    'rollcall_request_duration_seconds_bucket{lane="register",le="0.05"} 1',
    'rollcall_rows_total{lane="register",outcome="registered"} 1',
    'rollcall_limit_rpm{lane="register"} 600',
    'rollcall_in_flight_rows{lane="register"} 12',
    'rollcall_lane_up{lane="register"} 0',
    'rollcall_throttled_seconds_total{lane="register"} 30',
    'rollcall_sync_last_good_timestamp_seconds{sync="nightly"} 1700000000',
    'rollcall_sync_problems{sync="nightly"} 3',
  ]) {
    expect(text.split('\n')).toContain(line)
  }
  const labels = [...text.matchAll(/[{,](\w+)="/gu)].map(([, name]) => name)
  expect(new Set(labels)).toEqual(new Set(['lane', 'result', 'outcome', 'le', 'sync']))
  expect(text).not.toMatch(/jane|request-id|sync="new"/u)
  await telemetry.close()
})

test('a lane that lost its limit has none, and holds that overlap count once, as far as they have come', () => {
  const work = countWork()
  const hold = (from: number, until: number) => work.on({ kind: 'lane-held', lane: 'link', from, until })
  work.on({ kind: 'lane-limit', lane: 'link', rpm: 10 })
  work.on({ kind: 'lane-limit', lane: 'link', rpm: undefined })
  hold(0, 10_000)
  hold(5_000, 20_000)
  hold(30_000, 60_000)
  expect(work.now(40_000)).toMatchObject({ limits: {}, throttledSeconds: { link: 30 } })
  expect(work.now(100_000).throttledSeconds).toEqual({ link: 50 })
})

test('what is held never shrinks as time goes by, and is never more than the time', () => {
  const times = fc.array(fc.tuple(fc.nat(1_000), fc.nat(1_000)), { maxLength: 20 })
  fc.assert(
    fc.property(times, (steps) => {
      const work = countWork()
      let now = 0
      let before = 0
      for (const [step, length] of steps) {
        now += step
        work.on({ kind: 'lane-held', lane: 'link', from: now, until: now + length })
        const held = work.now(now).throttledSeconds['link'] ?? 0
        expect(held).toBeGreaterThanOrEqual(before - 1e-9)
        expect(held).toBeLessThanOrEqual(now / 1000 + 1e-9)
        before = held
      }
    }),
  )
})
