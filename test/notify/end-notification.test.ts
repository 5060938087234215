import { expect, test } from 'vitest'
import { endNotification } from '../../src/app/notify/end-notification.ts'
import type { SessionEnd } from '../../src/app/session/session-end.ts'
import { record } from '../run/record.ts'

const none = { warned: 0, rejected: 0, failed: 0, invalid: 0, skipped: 0 }
const run = { run: 'r1', file: 'members.csv', sha256: '', plan: 'plan.yaml', started_at: '', finished_at: null }

function told(more: Partial<SessionEnd['summary']>) {
  const summary = { ...run, ...none, state: 'finished', rows: 40, ok: 40, lanes: {}, codes: [], skipped_because: [] }
  const end: SessionEnd = {
    record: { ...record('r1'), state: 'finished' },
    summary: { ...summary, ...more } as SessionEnd['summary'],
    rejects: 0,
    notRead: 0,
    inFlight: undefined,
    problems: [],
  }
  return endNotification(end, { home: '/home', command: 'rollcall' })
}

test('what may not be meant as it was sent is told before the counts, and what was passed over behind them', () => {
  const { title, lines, data } = told({
    doubts: [{ message: 'born: … is after today', rows: 12 }],
    remarks: ['joined: all its times are of the first weeks of 1970.'],
    passed_over: [{ what: 'total', rows: 1, first_line: 42 }],
  })
  expect(title).toContain('all 40 rows done, 12 with a doubtful value in born; look at joined.')
  expect(lines.slice(0, 4)).toEqual([
    'Look at joined: all its times are of the first weeks of 1970.',
    '12 sent, and perhaps not meant so: born: … is after today',
    '40 ok',
    'Passed over, since they are no records: a row of totals (line 42).',
  ])
  expect(data).toMatchObject({ doubts: [{ rows: 12 }] })
})

test('of many doubts a few are told, and how many more there are', () => {
  const doubts = Array.from({ length: 6 }, (_, at) => ({ message: `c${at}: is odd`, rows: 9 - at }))
  expect(told({ doubts }).lines.slice(0, 4)).toEqual([
    '9 sent, and perhaps not meant so: c0: is odd',
    '8 sent, and perhaps not meant so: c1: is odd',
    '7 sent, and perhaps not meant so: c2: is odd',
    'and 3 other doubts',
  ])
})
