import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { clockTime, localTime } from '../../src/cli/screen/local-time.ts'

const ZONES = ['UTC', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Apia', 'Europe/Berlin']

afterEach(() => void vi.unstubAllEnvs())

test('the zone of this machine is told as any other', () => {
  const moment = fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
  for (const zone of ZONES) {
    vi.stubEnv('TZ', zone)
    fc.assert(
      fc.property(moment, (date) => {
        expect(localTime(date.getTime())).toBe(localTime(date.getTime(), zone))
      }),
    )
  }
})

test('it is that of TZ', () => {
  vi.stubEnv('TZ', 'Asia/Kolkata')
  expect(localTime(Date.parse('2026-11-29T20:02:00Z'))).toBe('2026-11-30 01:32')
})

test('another day is named, by its weekday or its date', () => {
  const now = Date.parse('2026-11-29T14:32:00Z')
  const hours = (count: number) => clockTime(now + count * 3_600_000, now, 'UTC')
  expect([hours(0), hours(10), hours(96), hours(24 * 8)]).toEqual(['14:32', 'Mon 00:32', 'Thu 14:32', '7 Dec 14:32'])
})
