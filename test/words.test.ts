import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeDuration, formatBytes, formatCount, formatShare } from '../src/words.ts'

const UNITS: Readonly<Record<string, number>> = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/** The duration that words say, in milliseconds. */
function durationIn(words: string): number {
  return [...words.matchAll(/([\d,]+) (\w+?)s?\b/g)].reduce(
    (sum, [, count = '', unit = '']) => sum + Number(count.replaceAll(',', '')) * (UNITS[unit] ?? Number.NaN),
    0,
  )
}

test('a count is written as the platform writes it in English', () => {
  expect([0, 999, 1_000, 48_213, 1_234_567, -1_000, 0.5, 1_234.5678].map(formatCount)).toEqual([
    '0',
    '999',
    '1,000',
    '48,213',
    '1,234,567',
    '-1,000',
    '0.5',
    '1,234.568',
  ])
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (count) => {
      expect(formatCount(count)).toBe(count.toLocaleString('en-US'))
    }),
  )
})

describe('a duration in words', () => {
  test.for([
    [0, '0 seconds'],
    [1_499, '1 second'],
    [90_000, '90 seconds'],
    [99_600, '1 minute 40 seconds'],
    [120_000, '2 minutes'],
    [150_000, '2 minutes 30 seconds'],
    [599_600, '10 minutes'],
    [629_000, '10 minutes'],
    [3_599_000, '1 hour'],
    [5_400_000, '1 hour 30 minutes'],
    [48 * 3_600_000, '2 days'],
    [7 * 86_400_000 + 3 * 3_600_000, '7 days 3 hours'],
    [-5, '0 seconds'],
  ] as const)('%i ms', ([ms, words]) => {
    expect(describeDuration(ms)).toBe(words)
  })

  test('is never more than a twentieth off, nor half a second', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 * 365 * 86_400_000 }), (ms) => {
        expect(Math.abs(durationIn(describeDuration(ms)) - ms)).toBeLessThanOrEqual(Math.max(500, ms / 20))
      }),
    )
  })

  test('grows with the duration', () => {
    fc.assert(
      fc.property(fc.nat({ max: 400 * 86_400_000 }), fc.nat({ max: 86_400_000 }), (ms, more) => {
        expect(durationIn(describeDuration(ms + more))).toBeGreaterThanOrEqual(durationIn(describeDuration(ms)))
      }),
    )
  })
})

test.for([
  [0.5, '50 %'],
  [0.005, '0.5 %'],
  [1, '100 %'],
  [0.3333, '33.3 %'],
] as const)('a share of %d', ([share, words]) => {
  expect(formatShare(share)).toBe(words)
})

test.for([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1.0 kB'],
  [123_456, '123 kB'],
  [3_400_000, '3.4 MB'],
  [5e15, '5000 TB'],
] as const)('%d bytes', ([bytes, words]) => {
  expect(formatBytes(bytes)).toBe(words)
})
