import { expect, test } from 'vitest'
import { openTroubles } from '../../src/app/runs/open-troubles.ts'
import type { Moment } from '../../src/app/top/look.ts'
import { describeTop } from '../../src/cli/screen/describe-top.ts'
import { columnsOf, plain } from '../../src/cli/screen/span.ts'

const AT = Date.UTC(2026, 10, 29, 21, 15)
const lane = { requests: 100, rpm: 240, limitRpm: 600, inFlight: undefined, trouble: undefined }

const moment: Moment = {
  at: AT,
  runs: [
    {
      file: 'members of the whole of last year, mended.csv',
      progress: {
        kind: 'progress',
        run: '20261129-211000-members-a1b2',
        at: AT,
        last: false,
        counts: {
          rows: 700,
          open: 100,
          statuses: { ok: 590, warned: 0, rejected: 10, failed: 0, invalid: 0, skipped: 0 },
        },
        traffic: {},
        limits: {},
        rowsRead: 700,
        rowsInAll: 3_000,
        lanes: {
          register: lane,
          link: { ...lane, trouble: { kind: 'down', refused: false, since: AT - 9_000, reason: '' } },
        },
        endsAt: AT + 600_000,
      },
    },
  ],
  workers: {
    broker: 'redis',
    account: 'a1',
    workers: [
      {
        account: 'a1',
        api: 'api.test',
        lanes: ['register', 'link'],
        host: 'w1',
        pid: 7,
        version: '1.0.0',
        since: AT - 60_000,
      },
    ],
    queues: [{ queue: 'register-a1', waiting: 30, active: 2, delayed: 0 }],
  },
  problem: undefined,
  syncs: [
    { name: 'nightly', file: 'nightly.yaml', last: undefined, next: AT + 5 * 3_600_000, problem: undefined },
    { name: 'by hand', file: 'hand.yaml', last: undefined, next: undefined, problem: undefined },
    { name: 'resting', file: 'rest.yaml', last: undefined, paused: AT, next: undefined, problem: undefined },
  ],
}

test.each([60, 80, 120])('what is under way, in %d columns', (columns) => {
  const lines = describeTop(moment, { width: columns - 1, zone: 'Europe/Berlin' }).map(plain)
  expect(lines.join('\n')).toMatchSnapshot()
  for (const line of lines) expect(columnsOf(line)).toBeLessThan(columns)
})

test('says why the workers cannot be asked', () => {
  const away = { ...moment, runs: [], syncs: [], workers: undefined, problem: 'Redis is away' }
  expect(describeTop(away, { width: 79 }).map(plain)).toContain('Redis is away')
})

test('what is amiss with a lane is that of the session under way, until it is over', () => {
  const at = openTroubles(
    [
      { kind: 'began', at: 0 },
      { kind: 'outage', at: 10, lane: 'update', reason: 'of an earlier session' },
      { kind: 'began', at: 100 },
      { kind: 'outage', at: 110, lane: 'register', reason: 'ECONNREFUSED' },
      { kind: 'outage', at: 120, lane: 'link', until: 150 },
      { kind: 'throttled', at: 130, lane: 'link', until: 900 },
    ],
    500,
  )
  expect(at('register')).toMatchObject({ kind: 'down', since: 110, reason: 'ECONNREFUSED' })
  expect(at('link')).toMatchObject({ kind: 'throttled', until: 900 })
  expect(at('update')).toBeUndefined()
})
