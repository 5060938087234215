import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Execution } from '../../src/sync/executions.ts'
import { type Night, delaysOf, doneAt, nextTimeOfDay, usualMs } from '../../src/sync/punctuality.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('the time by which a night is to be done', () => {
  test.each([
    ['the same day', '02:30', '06:00', 'Europe/Berlin', '2026-11-24T02:30+01:00', '2026-11-24T06:00+01:00'],
    ['the next day', '22:00', '06:00', 'Europe/Berlin', '2026-11-24T22:00+01:00', '2026-11-25T06:00+01:00'],
    ['a whole day', 'at it', '06:00', 'UTC', '2026-11-24T06:00Z', '2026-11-25T06:00Z'],
    ['in its zone', '', '06:00', 'Asia/Kolkata', '2026-11-24T00:00Z', '2026-11-24T00:30Z'],
    ['over a change of clocks', '', '06:00', 'Europe/Berlin', '2026-03-28T23:00+01:00', '2026-03-29T06:00+02:00'],
    ['at a time that is skipped', '', '02:30', 'Europe/Berlin', '2026-03-29T01:00+01:00', '2026-03-29T03:30+02:00'],
  ])('%s', (_which, _begun, time, zone, from, by) => {
    expect(nextTimeOfDay(time, zone, Date.parse(from))).toBe(Date.parse(by))
  })

  test('is always ahead, by no more than a day and an hour', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'UTC')
    const times = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${two(hour)}:${two(minute)}`)
    const moments = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2030-01-01') })
    fc.assert(
      fc.property(zones, times, moments, (zone, time, from) => {
        const ahead = nextTimeOfDay(time, zone, from) - from
        expect(ahead).toBeGreaterThan(0)
        expect(ahead).toBeLessThanOrEqual(25 * HOUR)
      }),
    )
  })
})

function two(number: number): string {
  return String(number).padStart(2, '0')
}

const took = (ms: number, more: Partial<Execution> = {}): Execution => {
  return { id: 1, startedAt: 5_000, endedAt: 5_000 + ms, run: 'run', outcome: 'finished', ...more }
}

describe('the usual time', () => {
  test('is the middle one of the last that finished', () => {
    expect(usualMs([took(10), took(1_000), took(20)])).toBe(20)
    expect(usualMs([...Array.from({ length: 10 }, () => took(10)), took(99), took(99)])).toBe(10)
  })

  test('is not known of a few, and says nothing of what was held back, cancelled or is under way', () => {
    expect(usualMs([took(10), took(20)])).toBeUndefined()
    const others = [took(30, { outcome: 'guard' }), took(30, { run: undefined }), took(30, { endedAt: undefined })]
    expect(usualMs([took(10), took(20), ...others])).toBeUndefined()
  })
})

describe('when a run will be done', () => {
  test('is known after a minute, by the pace of the last ten', () => {
    const at = (minute: number, done: number) => ({ at: minute * MINUTE, done, inAll: 1_000 })
    expect(doneAt([at(0, 0), at(0.5, 50)])).toBeUndefined()
    expect(doneAt([at(0, 0), at(1, 100)])).toBe(10 * MINUTE)
    // Fast at first, slow since.
    expect(doneAt([at(0, 0), at(1, 500), at(11, 600)])).toBe(51 * MINUTE)
    expect(doneAt([at(0, 500), at(5, 500)])).toBe(Infinity)
    expect(doneAt([at(0, 0), at(5, 1_000)])).toBe(5 * MINUTE)
    expect(
      doneAt([
        { at: 0, done: 0, inAll: undefined },
        { at: HOUR, done: 5, inAll: undefined },
      ]),
    ).toBeUndefined()
  })
})

const night: Night = { deadline: 6 * HOUR, beDoneBy: '06:00', usualMs: HOUR }

/** Of a night that began at 0. */
function said(of: Night, { now, expected }: { now: number; expected: number | undefined }) {
  return delaysOf(of, { now, expected, tookMs: now })
}

function reasonOf(now: number, expected: number | undefined): string | undefined {
  return said(night, { now, expected })[0]?.reason
}

describe('what is said of a night', () => {
  test('is nothing while all is well', () => {
    expect(said(night, { now: HOUR, expected: 2 * HOUR })).toEqual([])
    expect(said(night, { now: 2 * HOUR, expected: undefined })).toEqual([])
    expect(said({ ...night, deadline: undefined, usualMs: undefined }, { now: 99 * HOUR, expected: Infinity })).toEqual(
      [],
    )
  })

  test('is that it will be late, before it is, or stands still, or is late', () => {
    expect(reasonOf(HOUR, 8 * HOUR)).toBe('It will not be done by 06:00: at the pace of the moment, 2 hours later.')
    expect(reasonOf(HOUR, Infinity)).toMatch(/no row has been done/u)
    expect(reasonOf(7 * HOUR, undefined)).toMatch(/which is past/u)
  })

  test('is that it takes more than twice the usual time, unless that is over in a minute', () => {
    expect(said(night, { now: 2 * HOUR + 1, expected: 3 * HOUR })).toEqual([
      { event: 'slow', reason: 'It has taken 2 hours so far; the usual time is 1 hour.' },
    ])
    expect(said({ ...night, usualMs: 1_000 }, { now: 50_000, expected: undefined })).toEqual([])
    expect(said({ ...night, usualMs: 1_000 }, { now: 61_000, expected: undefined })).toHaveLength(1)
  })
})
