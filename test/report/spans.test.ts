import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LedgerEvent } from '../../src/ledger/ledger.ts'
import { joined, spansOf, sumOf } from '../../src/report/spans.ts'

const span = (from: number, to: number) => ({ kind: 'outage', from, to }) as const

const covers = (spans: readonly { from: number; to: number }[], at: number) =>
  spans.some(({ from, to }) => from <= at && at <= to)
const began = (at: number): LedgerEvent => ({ kind: 'began', at })
const ended = (at: number): LedgerEvent => ({ kind: 'ended', at, how: 'paused' })

describe('spans that touch are one', () => {
  const given = fc.array(fc.tuple(fc.nat(100), fc.nat(20)).map(([from, length]) => span(from, from + length)))

  test('in order, with more than the gap between them, and over the same times', () => {
    fc.assert(
      fc.property(given, fc.nat(5), (spans, gapMs) => {
        const all = joined(spans, gapMs)
        for (const [at, { from }] of all.entries()) {
          if (at > 0) expect(from - (all[at - 1]?.to ?? 0)).toBeGreaterThan(gapMs)
        }
        for (const { from, to } of spans) expect([covers(all, from), covers(all, to)]).toEqual([true, true])
        for (const { from, to } of all) {
          expect(spans.some((own) => own.from === from)).toBe(true)
          expect(spans.some((own) => own.to === to)).toBe(true)
        }
      }),
    )
  })

  test('a gap of so much joins, a greater one does not; without one, they must touch', () => {
    expect(joined([span(0, 10), span(15, 20)], 5)).toEqual([span(0, 20)])
    expect(joined([span(0, 10), span(16, 20)], 5)).toEqual([span(0, 10), span(16, 20)])
    expect(joined([span(10, 20), span(0, 10)])).toEqual([span(0, 20)])
    expect(joined([span(0, 30), span(5, 10)])).toEqual([span(0, 30)])
  })
})

describe('when a lane stood still', () => {
  const quiet = { requests: 0, answered: 0 }
  const busy = { requests: 5, answered: 5 }
  /** Ten steps of 100 ms from 1000 on; requests went out in those that are named. */
  const timeline = (...active: readonly number[]) => ({
    from: 1_000,
    stepMs: 100,
    lanes: { register: Array.from({ length: 10 }, (_, at) => (active.includes(at) ? busy : quiet)) },
  })
  const of = (events: readonly LedgerEvent[], ...active: readonly number[]) =>
    spansOf('register', events, timeline(...active)).map(({ kind, from, to }) => [kind, from, to])

  test('nobody was at work between the end of a session and the beginning of the next', () => {
    expect(of([began(1_000), ended(1_300), began(1_700), ended(2_000)], 0, 8)).toEqual([['paused', 1_300, 1_700]])
    expect(of([began(1_000), ended(1_300), began(1_300)], 0)).toEqual([])
  })

  test('a session that was cut off ended with the last that it sent, or where it began', () => {
    expect(of([began(1_000), began(1_700)], 0, 2, 8)).toEqual([['paused', 1_300, 1_700]])
    expect(of([began(1_050), began(1_700)], 8)).toEqual([['paused', 1_050, 1_700]])
    expect(of([began(1_000), began(1_700)], 6)).toEqual([])
  })

  test('a 429 holds the lane until its time, an outage until the next answer', () => {
    const throttled = { kind: 'throttled', at: 1_100, lane: 'register', until: 1_400 } as const
    const outage = { kind: 'outage', at: 1_250, lane: 'register', reason: 'away' } as const
    expect(of([began(1_000), outage, throttled], 0, 2, 6)).toEqual([
      ['throttled', 1_100, 1_400],
      ['outage', 1_250, 1_600],
    ])
    expect(of([outage], 0)).toEqual([['outage', 1_250, 2_000]])
    expect(
      of(
        [
          { ...outage, lane: 'link' },
          { ...throttled, until: 1_100 },
        ],
        0,
      ),
    ).toEqual([])
  })

  test('and how often and how long in all', () => {
    const spans = [span(0, 10), span(20, 25), { kind: 'paused', from: 0, to: 7 }] as const
    expect(sumOf(spans, 'outage')).toEqual({ times: 2, ms: 15 })
    expect(sumOf(spans, 'paused')).toEqual({ times: 1, ms: 7 })
    expect(sumOf(spans, 'throttled')).toEqual({ times: 0, ms: 0 })
  })
})
