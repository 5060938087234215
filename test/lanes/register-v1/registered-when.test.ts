import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { registeredWhen } from '../../../src/lanes/register-v1/registered-when.ts'

const now = Date.parse('2026-11-29T12:00:00Z')
const wall = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ')
const quarters = fc.integer({ min: -12 * 4, max: 14 * 4 })

test('an account that a cluster anywhere registered while our request was under way is ours', () => {
  fc.assert(
    fc.property(
      quarters,
      fc.integer({ min: 0, max: 3_600_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (zone, tookMs, share) => {
        const since = now - tookMs
        const registeredOn = wall(since + tookMs * share + zone * 900_000)
        expect(registeredWhen(registeredOn, { sent: undefined, since, now })).toBe('ours')
      },
    ),
  )
})

test('one that was registered more than a day and a half before is not', () => {
  fc.assert(
    fc.property(quarters, fc.integer({ min: 1.5 * 86_400_000, max: 9_000 * 86_400_000 }), (zone, agoMs) => {
      const registeredOn = wall(now - agoMs + zone * 900_000)
      expect(registeredWhen(registeredOn, { sent: undefined, since: now - 60_000, now })).toBe('before')
    }),
  )
})

test('nor is one some minutes beside what a clock anywhere shows', () => {
  for (const minutes of [-3, -7, -12, 4, 10]) {
    const registeredOn = wall(now + minutes * 60_000 + 19_800_000)
    expect(registeredWhen(registeredOn, { sent: undefined, since: now, now }), String(minutes)).toBe('before')
  }
})

test('where the row says when its member registered, that is what the account shows, but for the zone', () => {
  const sent = '2024-03-01 09:30:00'
  const when = (registeredOn: string) => registeredWhen(registeredOn, { sent, since: now, now })
  expect(when('2024-03-01 09:30:00')).toBe('ours')
  expect(when('2024-03-01 01:30:00')).toBe('ours')
  expect(when('2024-03-01 09:37:30')).toBe('before')
  expect(when('2021-03-01 09:30:00')).toBe('before')
  expect(registeredWhen('2024-03-01 00:00:00', { sent: '2024-03-01', since: now, now })).toBe('ours')
})

test.each([undefined, '', 'yesterday', '0000-00-00 00:00:00'])(
  'a time that is none says nothing: %s',
  (registeredOn) => {
    expect(registeredWhen(registeredOn, { sent: undefined, since: now, now })).toBeUndefined()
  },
)
