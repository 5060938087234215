import { DatabaseSync } from 'node:sqlite'

import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Delivery, LedgerEvent } from '../../src/ledger/ledger.ts'
import type { Attempt } from '../../src/model.ts'
import { temporaryFolder } from './folder.ts'
import { entry, outcome, rejected } from './samples.ts'

const sent: Attempt = { lane: 'register', batch: 7, at: 5_000, tookMs: 80, status: 200, requestId: 'abc', rows: [1, 2] }
const timeOf = (second: number) => new Date(second * 1000 + 400).toISOString()
const answers = (more: Partial<Delivery>): Delivery => ({ id: 'a', outcomes: [], traffic: [], ...more })

test('a request is kept once, and found by each of its rows', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  const first: Attempt = {
    ...sent,
    at: 1_000,
    status: undefined,
    fault: 'ETIMEDOUT',
    requestId: undefined,
    note: 'late',
  }
  const lookUp: Attempt = { ...sent, at: 6_000, lookUp: true, rows: [2] }
  ledger.write({
    rows: [1, 2, 3].map((row) => entry(row, { batches: { register: 7 } })),
    deliveries: [answers({ attempts: [sent, lookUp] }), answers({ id: 'b', attempts: [first, sent] })],
  })
  const of = (row: number) => ledger.attempts(row).map(({ at, lookUp: asks }) => [at, asks])
  expect(ledger.attempts(1)).toEqual([first, sent])
  expect(of(2)).toEqual([
    [1_000, undefined],
    [5_000, undefined],
    [6_000, true],
  ])
  expect([of(3), of(4)]).toEqual([[], []])
})

test('what touches is one hold, in whatever order it is told, and however often', () => {
  const holds = fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 30 })), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(
      holds.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
      ),
      ([all, told]) => {
        using folder = temporaryFolder()
        const ledger = folder.open()
        for (const [at, ms] of told) {
          ledger.write({ events: [{ kind: 'throttled', lane: 'link', at, until: at + ms }] })
        }
        // Half-milliseconds: two holds that touch leave none of them free between them.
        const covered = new Set(
          all.flatMap(([at, ms]) => Array.from({ length: ms * 2 + 1 }, (_, index) => at * 2 + index)),
        )
        const kept = ledger.events().map((event) => (event.kind === 'throttled' ? [event.at, event.until] : []))
        const again = kept.flatMap(([at = 0, until = 0]) =>
          Array.from({ length: (until - at) * 2 + 1 }, (_, index) => at * 2 + index),
        )
        expect(again.toSorted((a, b) => a - b)).toEqual([...covered].toSorted((a, b) => a - b))
        ledger.write({ deliveries: [answers({ traffic: [{ lane: 'link', requests: 1, retries: 0, throttled: 1 }] })] })
        const heldMs = kept.reduce((sum, [at = 0, until = 0]) => sum + until - at, 0)
        expect(ledger.traffic().link).toMatchObject({ holds: kept.length, heldMs })
      },
    ),
    { numRuns: 40 },
  )
})

test('events come back in order, and an outage has its end once that is told', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  const events: readonly LedgerEvent[] = [
    { kind: 'began', at: 1 },
    { kind: 'limit', lane: 'register', at: 1, rpm: 600 },
    { kind: 'limit', lane: 'register', at: 2, rpm: undefined },
    { kind: 'outage', lane: 'register', at: 3, until: undefined, reason: 'ECONNREFUSED' },
    { kind: 'ended', at: 9, how: 'paused' },
  ]
  ledger.write({ events: events.toReversed() })
  ledger.write({ events })
  expect(ledger.events()).toEqual(events)
  ledger.write({ events: [{ kind: 'outage', lane: 'register', at: 3, until: 8 }] })
  ledger.write({ events })
  expect(ledger.events()).toContainEqual({ kind: 'outage', lane: 'register', at: 3, until: 8, reason: 'ECONNREFUSED' })
})

test('the timeline holds every request and answer, in no more steps than asked for', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  expect(ledger.timeline(10)).toBeUndefined()
  ledger.write({
    deliveries: [
      answers({
        outcomes: [outcome(1, { finishedAt: timeOf(100) }), rejected(2, { finishedAt: timeOf(124) })],
        traffic: [{ lane: 'register', requests: 5, retries: 0, throttled: 0, seconds: { 100: 2, 101: 1, 124: 2 } }],
      }),
    ],
    outcomes: [outcome(3, { attempts: 0, result: 'invalid', status: 'invalid', finishedAt: timeOf(111) })],
  })
  expect(ledger.timeline(5)).toEqual({
    from: 100_000,
    stepMs: 5_000,
    lanes: {
      register: [
        { requests: 3, answered: 1 },
        { requests: 0, answered: 0 },
        { requests: 0, answered: 0 },
        { requests: 0, answered: 0 },
        { requests: 2, answered: 1 },
      ],
    },
  })
  expect(ledger.timeline(3)?.lanes.register).toHaveLength(3)
})

test('a row is found by its number and by its key', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  ledger.write({ rows: [entry(1), entry(2, { key: 'EXT1' }), entry(3)], outcomes: [rejected(2)] })
  expect(ledger.row(2)).toEqual([...ledger.results()][1])
  expect(ledger.row(4)).toBeUndefined()
  expect([ledger.rowsWithKey('EXT1', 9), ledger.rowsWithKey('EXT1', 1), ledger.rowsWithKey('x', 9)]).toEqual([
    [1, 2],
    [1],
    [],
  ])
})

test('a ledger of the first schema is read as it is, and gains what it lacks when it is written', () => {
  using folder = temporaryFolder()
  const before = folder.open()
  before.write({ rows: [entry(1, { batches: { register: 7 } })], outcomes: [outcome(1)] })
  const whole = before.row(1)
  before.close()
  const db = new DatabaseSync(folder.path)
  db.exec('CREATE TABLE first AS SELECT * FROM outcomes; DROP VIEW outcomes; DROP TABLE answers; DROP TABLE verdicts')
  db.exec('ALTER TABLE first RENAME TO outcomes')
  db.exec('DROP INDEX rows_status; DROP TABLE skips; PRAGMA user_version = 1')
  db.exec(
    'DROP TABLE attempts; DROP TABLE seconds; DROP TABLE events; DROP TABLE owners; DROP TABLE results; DROP TABLE other_codes',
  )
  db.close()
  const read = folder.open({ readOnly: true })
  expect([read.counts().rows, read.events(), read.timeline(9), read.attempts(1)]).toEqual([1, [], undefined, []])
  expect(read.row(1)).toEqual(whole)
  read.close()
  folder
    .open()
    .write({ deliveries: [answers({ attempts: [{ ...sent, rows: [1] }] })], events: [{ kind: 'began', at: 1 }] })
  const again = folder.open({ readOnly: true })
  expect([again.counts().rows, again.events().length, again.attempts(1).length]).toEqual([1, 1, 1])
  expect(again.row(1)).toEqual(whole)
})
