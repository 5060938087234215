import { PassThrough } from 'node:stream'
import { describe, expect, test, vi } from 'vitest'
import type { LaneProgress } from '../../src/app/events.ts'
import { type Progress, openRows, progressLine, progressLines } from '../../src/cli/screen/progress-lines.ts'
import { showEvents } from '../../src/cli/screen/show-events.ts'
import { columnsOf, plain } from '../../src/cli/screen/span.ts'

const AT = Date.UTC(2026, 10, 29, 21, 15)
const ZONE = 'Asia/Kolkata'

const lane = (more: Partial<LaneProgress> = {}): LaneProgress => ({
  requests: 100,
  rpm: 598.6,
  limitRpm: 600,
  inFlight: 24,
  trouble: undefined,
  ...more,
})

/** 1,219 rows are done of 3,600. */
const moment = (more: Partial<Progress> = {}): Progress => ({
  kind: 'progress',
  run: '20261129-211500-members-a1b2',
  at: AT,
  last: false,
  counts: {
    rows: 1_700,
    open: 481,
    statuses: { ok: 1_204, warned: 3, rejected: 12, failed: 0, invalid: 0, skipped: 0 },
  },
  traffic: {},
  limits: {},
  rowsRead: 2_000,
  rowsInAll: 3_600,
  lanes: { register: lane(), link: lane({ rpm: 11.2, limitRpm: 1_000, inFlight: 0 }) },
  endsAt: AT + 4 * 60_000,
  ...more,
})

const scenes: Readonly<Record<string, Progress>> = {
  'at the beginning': moment({
    counts: { rows: 0, open: 0, statuses: { ok: 0, warned: 0, rejected: 0, failed: 0, invalid: 0, skipped: 0 } },
    rowsRead: 0,
    rowsInAll: undefined,
    lanes: { register: lane({ rpm: 0, inFlight: 0 }) },
    endsAt: undefined,
  }),
  'in the middle': moment(),
  'of millions, until tomorrow': moment({
    counts: {
      rows: 4_812_345,
      open: 4_000,
      statuses: { ok: 4_700_000, warned: 60_000, rejected: 40_000, failed: 345, invalid: 3_000, skipped: 5_000 },
    },
    rowsRead: 4_812_845,
    rowsInAll: 10_000_000,
    lanes: { register: lane({ inFlight: 1_020 }), link: lane({ inFlight: 450 }), 'look-up-v1': lane({ inFlight: 0 }) },
    endsAt: AT + 31 * 3_600_000,
  }),
  'with a lane down and another throttled': moment({
    lanes: {
      register: lane({
        rpm: 0,
        trouble: {
          kind: 'down',
          refused: false,
          since: AT - 35_000,
          reason: 'connect ECONNREFUSED 10.2.3.4:443, on the way through the proxy proxy.example.com:3128',
        },
      }),
      link: lane({
        limitRpm: undefined,
        trouble: { kind: 'throttled', since: AT - 5_000, until: AT + 30_000, reason: 'HTTP 429' },
      }),
    },
    endsAt: undefined,
  }),
  'where workers elsewhere send': moment({ lanes: { register: lane({ inFlight: undefined }) } }),
  'at the end': moment({
    last: true,
    counts: {
      rows: 3_600,
      open: 0,
      statuses: { ok: 3_580, warned: 8, rejected: 12, failed: 0, invalid: 0, skipped: 0 },
    },
    rowsRead: 3_600,
    lanes: { register: lane({ inFlight: 0 }), link: lane({ inFlight: 0 }) },
    endsAt: undefined,
  }),
}

describe.each(Object.keys(scenes))('a run %s', (name) => {
  const progress = scenes[name] ?? moment()

  test.each([60, 80, 120])('in %d columns', (columns) => {
    const lines = progressLines(progress, { width: columns - 1, zone: ZONE }).map(plain)
    expect(lines.join('\n')).toMatchSnapshot()
    for (const line of lines) expect(columnsOf(line)).toBeLessThan(columns)
  })

  test('never lacks the time that is left, nor a count, however narrow it is', () => {
    for (let width = 20; width < 140; width += 1) {
      const lines = progressLines(progress, { width, zone: ZONE }).map(plain)
      for (const words of [
        /\d rows done/,
        ...(progress.endsAt === undefined ? [] : [/left: .+, until (Tue |Mon )?\d\d:\d\d/]),
      ])
        expect(lines.join('\n')).toMatch(words)
    }
  })

  test('in one line', () => expect(progressLine(progress, ZONE)).toMatchSnapshot())
})

test('rows are done, in flight, not sent yet or not read yet: each one of these', () => {
  const { counts, rowsInAll = 0 } = moment()
  const { inFlight = 0, notSent, notRead } = openRows(moment())
  expect({ inFlight, notSent, notRead }).toEqual({ inFlight: 24, notSent: 757, notRead: 1_600 })
  expect(counts.rows - counts.open + inFlight + notSent + notRead).toBe(rowsInAll)
})

test('a pace that is a slot above the limit is shown as the limit', () => {
  expect(progressLine(moment({ lanes: { register: lane({ rpm: 609 }) } }))).toContain('register 600 of 600 a minute')
})

test('stands every few seconds where no terminal shows it, though the wall clock is put back', ({ onTestFinished }) => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const out = new PassThrough()
  using shown = showEvents(out)
  shown.on(moment())
  vi.advanceTimersByTime(4_999)
  shown.on(moment({ at: AT - 7_200_000 }))
  expect(out.read()).toBeNull()
  vi.advanceTimersByTime(1)
  shown.on(moment({ at: AT - 7_200_000 }))
  expect(String(out.read())).toContain('1,219 of 3,600 rows done')
})
