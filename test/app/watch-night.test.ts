import { expect, test } from 'vitest'
import type { Environment } from '../../src/app/environment.ts'
import type { AppEvent } from '../../src/app/events.ts'
import type { ExecutionContext } from '../../src/app/sync/execution-context.ts'
import { watchNight } from '../../src/app/sync/watch-night.ts'
import { addExecution } from '../../src/sync/executions.ts'
import { loadSync } from '../../src/sync/load-sync.ts'
import { pendingNotifications } from '../../src/sync/outbox.ts'
import { openStore } from '../../src/sync/store.ts'
import { temporaryFolder } from '../support/cli.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const BEGAN = Date.parse('2026-11-24T01:30:00Z')

const SYNC = `
plan: plan.yaml
source: inbox
schedule: { cron: "30 2 * * *", zone: Europe/Berlin }
be_done_by: "06:00"
tell: [{ webhook: NOBODY_LISTENS }]
`

/** A night under way after three of an hour each, at a clock of the test's own. */
function setup() {
  const home = temporaryFolder()
  const store = openStore(home, 'nightly')
  for (let night = 1; night <= 3; night += 1) {
    const startedAt = BEGAN - night * 24 * HOUR
    addExecution(store, { startedAt, endedAt: startedAt + HOUR, run: `run-${night}`, outcome: 'finished' })
  }
  /** `astray`: by how much the wall clock was put forward. */
  const clock = { now: BEGAN, astray: 0 }
  const environment = {
    home,
    now: () => clock.now,
    consoleUrl: 'https://rollcall.example.com/',
    variable: () => 'http://127.0.0.1:9/nobody',
  } as unknown as Environment
  const seen: AppEvent[] = []
  const context: ExecutionContext = {
    environment,
    on: (event) => seen.push(event),
    signal: new AbortController().signal,
    sync: loadSync(SYNC, '/syncs/nightly.yaml'),
    inbox: '/inbox',
    store,
    force: false,
    workers: true,
    due: BEGAN,
  }
  const execution = { id: addExecution(store, { startedAt: BEGAN }), due: BEGAN, startedAt: BEGAN }
  const begin = () => {
    const night = watchNight(execution, context, () => clock.now - clock.astray)
    return (minutes: number, done: number) => {
      clock.now = BEGAN + minutes * MINUTE + clock.astray
      night.context.on(progress(clock.now, done))
    }
  }
  return { begin, store, seen, clock }
}

function progress(at: number, done: number): AppEvent {
  const statuses = { ok: done, warned: 0, rejected: 0, failed: 0, invalid: 0, skipped: 0 }
  const counts = { rows: done + 10, open: 10, statuses }
  return {
    kind: 'progress',
    run: 'run-4',
    at,
    last: false,
    counts,
    traffic: {},
    rowsRead: 0,
    lanes: {},
    endsAt: undefined,
    rowsInAll: 1_000,
    limits: {},
  }
}

test('a night that will be late, and is slow, is told of while it is under way, once each', () => {
  const { begin, store, seen, clock } = setup()
  const told = () => pendingNotifications(store, clock.now).map(({ notification }) => notification)
  const at = begin()
  at(0, 0)
  at(5, 100)
  expect(told()).toEqual([])
  // Two rows a minute: seven hours more, and two and a half are left.
  at(60, 110)
  at(61, 112)
  expect(told()).toMatchObject([{ event: 'late', id: 'nightly-4-late', title: 'nightly: will be late.' }])
  expect(told()[0]?.lines).toEqual([
    expect.stringContaining('It will not be done by 06:00'),
    '112 of 1,000 rows are done.',
    'Console: https://rollcall.example.com/runs/run-4',
  ])
  at(121, 120)
  at(125, 130)
  expect(told().map(({ event }) => event)).toEqual(['late', 'slow'])
  // Whoever goes on with the night after a crash tells nothing twice.
  begin()(200, 140)
  expect(told().map(({ event }) => event)).toEqual(['late', 'slow'])
  expect(seen.filter(({ kind }) => kind === 'progress')).toHaveLength(7)
})

test('a night as usual is no news', () => {
  const { begin, store, clock } = setup()
  const at = begin()
  for (let minute = 0; minute <= 60; minute += 1) at(minute, minute * 16)
  expect(pendingNotifications(store, clock.now)).toEqual([])
})

test('a wall clock that is put back keeps nobody from being told, and one that is put forward makes no night slow', () => {
  const { begin, store, clock } = setup()
  const told = () => pendingNotifications(store, clock.now).map(({ notification: { event } }) => event)
  const at = begin()
  at(0, 0)
  clock.astray = 2 * HOUR
  for (let minute = 1; minute <= 30; minute += 1) at(minute, minute * 16)
  expect(told()).toEqual([])
  clock.astray = -HOUR
  for (let minute = 31; minute <= 60; minute += 1) at(minute, 480)
  expect(told()).toEqual(['late'])
})
