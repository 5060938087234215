import { describe, expect, test } from 'vitest'
import { missedTimes, nextTime } from '../../src/sync/times.ts'

/** The times that follow `from`. */
function following(cron: string, zone: string, from: string, count: number): readonly string[] {
  const times: string[] = []
  for (let at = Date.parse(from); times.length < count; times.push(new Date(at).toISOString())) {
    at = nextTime({ cron, zone }, at)
  }
  return times
}

describe('02:30 where the clocks change', () => {
  test('comes an hour later by the clock, once, on the day that leaves it out', () => {
    // At 02:00 (01:00 UTC) it becomes 03:00.
    expect(following('30 2 * * *', 'Europe/Berlin', '2026-03-28T00:00:00Z', 3)).toEqual([
      '2026-03-28T01:30:00.000Z',
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ])
    expect(following('30 2 * * *', 'America/New_York', '2026-03-07T00:00:00Z', 3)).toEqual([
      '2026-03-07T07:30:00.000Z',
      '2026-03-08T07:30:00.000Z',
      '2026-03-09T06:30:00.000Z',
    ])
  })

  test('comes once, the first time, on the day that has it twice', () => {
    // At 03:00 summer time (01:00 UTC) it becomes 02:00.
    expect(following('30 2 * * *', 'Europe/Berlin', '2026-10-24T00:00:00Z', 3)).toEqual([
      '2026-10-24T00:30:00.000Z',
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ])
  })

  test.for(['Europe/Berlin', 'America/New_York', 'America/Santiago', 'Australia/Lord_Howe', 'Asia/Kolkata'])(
    'comes exactly once a day all year in %s',
    (zone) => {
      const days = following('30 2 * * *', zone, '2026-01-01T12:00:00Z', 365).map((time) =>
        new Intl.DateTimeFormat('sv', { timeZone: zone }).format(new Date(time)),
      )
      expect(new Set(days).size).toBe(365)
      expect(days.at(-1)).toBe('2027-01-01')
    },
  )
})

describe('missed times', () => {
  const nightly = { cron: '30 2 * * *', zone: 'Asia/Kolkata' }
  const due = Date.parse('2026-03-01T21:00:00Z')

  test('are none while the scheduler is only busy', () => {
    expect(missedTimes(nightly, due, due + 5 * 60_000)).toEqual([])
    expect(missedTimes(nightly, due, due + 5 * 60_000 + 1)).toEqual([due])
  })
  test('are the one that is late, and all that followed', () => {
    const times = missedTimes(nightly, due, Date.parse('2026-03-03T22:00:00Z')).map((time) =>
      new Date(time).toISOString(),
    )
    expect(times).toEqual(['2026-03-01T21:00:00.000Z', '2026-03-02T21:00:00.000Z', '2026-03-03T21:00:00.000Z'])
    // A time that comes at this very moment counts as well.
    expect(missedTimes(nightly, due, due + 86_400_000)).toEqual([due, due + 86_400_000])
  })
  test('are the first thousand, however long nobody was there', () => {
    const everyMinute = { cron: '* * * * *', zone: 'UTC' }
    const times = missedTimes(everyMinute, due, due + 2_000 * 60_000)
    expect(times).toHaveLength(1_000)
    expect(times.at(-1)).toBe(due + 999 * 60_000)
  })
})
