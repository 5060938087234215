import { expect, test } from 'vitest'
import type { Ledger, LedgerEvent } from '../../src/ledger/ledger.ts'
import { type RunInfo, summarise } from '../../src/report/summary.ts'

/** A lane that sent 101 requests in so many milliseconds. */
function meanOf(tookMs: number, limit: number | null, events: readonly LedgerEvent[] = []) {
  return laneOf(tookMs, { limits: { register: limit } }, events)?.mean_rpm
}

function laneOf(tookMs: number, limits: Pick<RunInfo, 'limits' | 'otherLimits'>, events: readonly LedgerEvent[] = []) {
  const statuses = { ok: 1, warned: 0, rejected: 0, failed: 0, invalid: 0, skipped: 0 }
  const traffic = { requests: 101, retries: 0, throttled: 0, firstAt: 0, lastAt: tookMs, holds: 0, heldMs: 0 }
  const ledger: Pick<Ledger, 'counts' | 'traffic' | 'codes' | 'skips' | 'doubts' | 'meta' | 'events'> = {
    counts: () => ({ rows: 1, open: 0, statuses }),
    traffic: () => ({ register: traffic }),
    codes: () => [],
    skips: () => [],
    doubts: () => [],
    meta: { get: () => undefined, set() {} },
    events: () => events,
  }
  const info = { run: 'r', file: 'f', sha256: '', plan: 'p', state: 'finished', startedAt: '' } as const
  return summarise(ledger, { ...info, ...limits }).lanes['register']
}

test('the mean pace shows no more than the limit, though slots come a little early', () => {
  expect(meanOf(10_000, 1_000)).toBe(600)
  expect(meanOf(9_900, 600)).toBe(600)
  expect(meanOf(9_900, null)).toBe(606.1)
})

test('of several limits the highest counts', () => {
  const raised: LedgerEvent = { kind: 'limit', at: 0, lane: 'register', rpm: 900 }
  expect(meanOf(9_900, 600, [raised])).toBe(606.1)
  expect(meanOf(5_000, 600, [raised])).toBe(900)
  expect(meanOf(9_900, 600, [{ ...raised, lane: 'link' }])).toBe(600)
})

test('a lane on whose limit others look members up has that limit', () => {
  expect(laneOf(9_900, { limits: {}, otherLimits: { register: 600 } })).toMatchObject({ limit_rpm: 600, mean_rpm: 600 })
})
