import { Writable } from 'node:stream'
import { expect, test, vi } from 'vitest'
import type { AppEvent } from '../../src/app/events.ts'
import { writeEvents } from '../../src/cli/screen/json-events.ts'

function listen() {
  let text = ''
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString()
      done()
    },
  })
  const { on } = writeEvents(out)
  return {
    on,
    lines: () =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}

const AT = Date.UTC(2026, 10, 29)

const progress = (at: number, last = false): AppEvent => ({
  kind: 'progress',
  run: 'r-1',
  at,
  last,
  counts: { rows: 10, open: 4, statuses: { ok: 5, warned: 0, rejected: 1, failed: 0, invalid: 0, skipped: 0 } },
  traffic: {},
  limits: { register: 600 },
  rowsRead: 12,
  rowsInAll: 20,
  lanes: {
    register: {
      requests: 7,
      rpm: 599.96,
      limitRpm: 600,
      inFlight: 3,
      trouble: { kind: 'down', refused: true, since: AT, reason: 'HTTP 403' },
    },
    link: { requests: 0, rpm: 0, limitRpm: undefined, inFlight: undefined, trouble: undefined },
  },
  endsAt: AT + 60_000,
})

test('how far a run is, in documented fields', () => {
  const { on, lines } = listen()
  on(progress(AT))
  expect(lines()).toEqual([
    {
      event: 'progress',
      at: '2026-11-29T00:00:00.000Z',
      run: 'r-1',
      rows: { in_all: 20, done: 6, in_flight: 3, not_sent_yet: 3, not_read_yet: 8 },
      statuses: { ok: 5, warned: 0, rejected: 1, failed: 0, invalid: 0, skipped: 0 },
      lanes: {
        register: {
          requests: 7,
          rpm: 600,
          limit_rpm: 600,
          in_flight: 3,
          trouble: { kind: 'refused', since: '2026-11-29T00:00:00.000Z', until: null, reason: 'HTTP 403' },
        },
        link: { requests: 0, rpm: 0, limit_rpm: null, in_flight: null, trouble: null },
      },
      ends_at: '2026-11-29T00:01:00.000Z',
    },
  ])
})

test('at most once a second, whatever the wall clock does, and once more at the end', ({ onTestFinished }) => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const { on, lines } = listen()
  for (let ms = 0; ms <= 2_000; ms += 200) {
    on(progress(AT - 60 * ms))
    vi.advanceTimersByTime(200)
  }
  on(progress(AT, true))
  expect(lines()).toHaveLength(4)
})

test('what else happens is told in words, on one line, and nothing is told of what nobody need know', () => {
  const { on, lines } = listen()
  on({ kind: 'stage', text: 'Opening a\nb.csv' })
  on({ kind: 'notice', run: 'r-1', notice: { kind: 'down', lane: 'link', reason: 'ECONNREFUSED', since: AT } })
  on({ kind: 'worker-stopped' })
  on({ kind: 'run-ended', run: 'r-1', state: 'paused' })
  expect(lines()).toMatchObject([
    { event: 'stage', text: 'Opening a\nb.csv' },
    { event: 'notice', run: 'r-1', text: expect.stringContaining('ECONNREFUSED') as string },
    { event: 'run-ended', run: 'r-1', state: 'paused' },
  ])
})
