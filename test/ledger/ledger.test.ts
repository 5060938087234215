import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { expect, test } from 'vitest'

import { openLedger } from '../../src/ledger/open-ledger.ts'
import { type Outcome, UsageError } from '../../src/model.ts'
import { temporaryFolder } from './folder.ts'
import { entry, outcome, rejected, skipped } from './samples.ts'

const traffic = { lane: 'register', requests: 2, retries: 1, throttled: 0, firstAt: 1000, lastAt: 3000 } as const

test('gives back all that was written, in the order of the rows', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  const linked = outcome(2, {
    lane: 'link',
    result: 'partial',
    status: 'rejected',
    customerId: '552695692',
    code: 4005,
    message: 'Tier missing\u0000 "Gold"',
    hint: 'Check the tier',
    warnings: [{ code: 8107, message: 'No label', lossy: false }],
    sideEffects: [{ kind: 'points', awarded: 75 }],
    programs: [{ program: 'Gold', result: 'rejected', code: 4005 }],
    confirmed: true,
    attempts: 3,
    requestId: 'abc',
  })
  const value = { name: 'Zoë', tags: [1, null, { a: true }], lone: '\ud800' }
  const rows = [
    entry(2, { asks: ['register', 'link'], batches: { register: 1 }, input: { kind: 'value', value }, raw: '{"name"' }),
    entry(1, { input: { kind: 'cells', cells: ['', ' a ', 'b\r\nc', '\u0000'] } }),
  ]
  ledger.write({ rows, outcomes: [linked, outcome(2)] })
  expect([...ledger.results()]).toEqual([
    { ...without(rows[1], 'batches'), status: undefined, outcomes: {} },
    { ...without(rows[0], 'batches'), status: 'rejected', outcomes: { register: outcome(2), link: linked } },
  ])
  expect([...ledger.inputs()]).toEqual([rows[1]?.input, rows[0]?.input])
})

test('the first outcome of a row and lane stands, and later ones are dropped', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  ledger.write({ rows: [entry(1)] })
  expect(ledger.write({ outcomes: [outcome(1), rejected(1)] })).toEqual([outcome(1)])
  expect(ledger.write({ deliveries: [{ id: 'a', outcomes: [rejected(1)], traffic: [] }] })).toEqual([])
  expect(ledger.counts()).toMatchObject({ rows: 1, open: 0, statuses: { ok: 1, rejected: 0 } })
  expect(ledger.codes()).toEqual([])
})

test('a delivery that comes again changes nothing, and its traffic counts once', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  const delivery = { id: 'a', outcomes: [rejected(1)], traffic: [traffic] }
  expect(ledger.write({ rows: [entry(1)], deliveries: [delivery, delivery] })).toHaveLength(1)
  expect(ledger.write({ deliveries: [delivery] })).toEqual([])
  ledger.write({ deliveries: [{ id: 'b', outcomes: [], traffic: [{ ...traffic, firstAt: 500, lastAt: undefined }] }] })
  const register = { requests: 4, retries: 2, throttled: 0, firstAt: 500, lastAt: 3000, holds: 0, heldMs: 0 }
  expect(ledger.traffic()).toEqual({ register })
  expect(ledger.codes()).toEqual([
    { lane: 'register', severity: 'error', code: 8013, message: 'Invalid identifier', rows: 1, firstRow: 1 },
  ])
})

test('a row that is there already keeps its entry, and gains the batches that it lacks', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  const row = entry(1, { asks: ['register', 'link'], batches: { register: 4 } })
  ledger.write({ rows: [row] })
  ledger.write({ rows: [{ ...row, key: 'other', asks: [], batches: { register: 9, link: 2 } }] })
  ledger.write({ assign: [{ row: 1, lane: 'link', batch: 7 }] })
  expect(ledger.rowStates(1, 1)).toEqual([
    { row: 1, status: undefined, asks: ['register', 'link'], batches: { register: 4, link: 2 }, outcomes: {} },
  ])
  expect([...ledger.results()]).toMatchObject([{ key: 'EXT1' }])
})

test('tells what is still open, for resuming', () => {
  using folder = temporaryFolder()
  const both = { asks: ['register', 'link'] } as const
  const first = folder.open()
  first.write({
    rows: [
      entry(1, { ...both, batches: { register: 1 } }),
      entry(2, { ...both, batches: { register: 1, link: 3 } }),
      entry(3, { batches: { register: 2 } }),
      entry(4, { asks: [] }),
      entry(5),
    ],
    assign: [{ row: 1, lane: 'link', batch: 3 }],
    outcomes: [outcome(1, { customerId: '55' }), outcome(3)],
  })
  first.close()
  const ledger = folder.open()
  expect(ledger.openBatches()).toEqual([
    { lane: 'link', batch: 3, rows: [1, 2] },
    { lane: 'register', batch: 1, rows: [2] },
  ])
  expect(ledger.highestBatch('register')).toBe(2)
  expect(ledger.highestBatch('link')).toBe(3)
  expect(ledger.rowStates(1, 3).map(({ status, outcomes }) => ({ status, outcomes }))).toEqual([
    { status: undefined, outcomes: { register: { result: 'registered', status: 'ok', customerId: '55' } } },
    { status: undefined, outcomes: {} },
    { status: 'ok', outcomes: { register: { result: 'registered', status: 'ok', customerId: undefined } } },
  ])
  expect(ledger.rowStates(4, 9).map(({ row, status }) => [row, status])).toEqual([
    [4, 'skipped'],
    [5, undefined],
  ])
  expect(ledger.counts()).toEqual({
    rows: 5,
    open: 3,
    statuses: { ok: 1, warned: 0, rejected: 0, failed: 0, invalid: 0, skipped: 1 },
  })
})

test('an outcome may come before its row', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  ledger.write({ outcomes: [outcome(1)] })
  expect(ledger.counts()).toMatchObject({ rows: 0 })
  expect([...ledger.results()]).toEqual([])
  ledger.write({ rows: [entry(1), entry(2)] })
  expect(ledger.counts()).toMatchObject({ rows: 2, open: 1, statuses: { ok: 1 } })
})

test('counts rows by code, with what differs from row to row cut out', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  const label = { code: 8107, message: 'No label', lossy: false }
  const exists = { code: 8006, message: 'Customer already exists with id 552695692 for same source' }
  const gold = { program: 'Gold', result: 'rejected', code: 4005, message: 'Tier missing' } as const
  ledger.write({
    rows: [1, 2, 3, 4].map((row) => entry(row)),
    outcomes: [
      rejected(3, exists),
      rejected(2, { ...exists, message: exists.message.replace('552695692', '552695693') }),
      outcome(1, { warnings: [label, label] }),
      outcome(4, { warnings: [label] }),
      rejected(1, { lane: 'link', code: 4005, message: 'Gold: Tier missing', programs: [gold, gold] }),
    ],
  })
  expect(ledger.codes()).toEqual([
    {
      lane: 'register',
      severity: 'error',
      code: 8006,
      message: 'Customer already exists with id … for same source',
      rows: 2,
      firstRow: 2,
    },
    { lane: 'register', severity: 'warning', code: 8107, message: 'No label', rows: 2, firstRow: 1 },
    { lane: 'link', severity: 'error', code: 4005, message: 'Tier missing', rows: 1, firstRow: 1 },
  ])
  expect(ledger.codes(1)).toHaveLength(1)
})

test('counts the rows that were skipped, by the reason of the first lane that they ask for', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  ledger.write({
    rows: [1, 2, 3, 4, 5].map((row) => entry(row, { asks: ['register', 'link'] })),
    outcomes: [
      ...[2, 3].flatMap((row) => onBothLanes(skipped(row, 'The row repeats row 1: it has the same email.'))),
      skipped(4, 'unchanged'),
      { ...skipped(4, 'linked before'), lane: 'link' },
      // Of what is sent, what a lane leaves out is no reason why the row is skipped.
      skipped(5, 'unchanged'),
      outcome(5, { lane: 'link', result: 'linked' }),
    ],
  })
  expect(ledger.skips()).toEqual([
    { message: 'The row repeats row …: it has the same email.', rows: 2, firstRow: 2 },
    { message: 'unchanged', rows: 1, firstRow: 4 },
  ])
})

test('a transaction that fails leaves nothing behind, and the next one goes through', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  const broken = outcome(2, { attempts: Number.NaN })
  const delivery = { id: 'a', outcomes: [rejected(1), broken], traffic: [traffic] }
  expect(() => ledger.write({ rows: [entry(1), entry(2)], deliveries: [delivery] })).toThrow(/attempts/u)
  expect([ledger.counts().rows, ledger.traffic(), ledger.codes()]).toEqual([0, {}, []])
  expect(ledger.write({ rows: [entry(1)], deliveries: [{ ...delivery, outcomes: [outcome(1)] }] })).toHaveLength(1)
  expect(ledger.counts()).toMatchObject({ rows: 1, open: 0, statuses: { ok: 1 } })
  expect(ledger.codes()).toEqual([])
})

test('reading sees the ledger as it was when the reading began', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  ledger.write({ rows: [entry(1), entry(2)] })
  const results = ledger.results()[Symbol.iterator]()
  expect(results.next().value).toMatchObject({ row: 1 })
  ledger.write({ rows: [entry(3)], outcomes: [outcome(2)] })
  expect(results.next().value).toMatchObject({ row: 2, status: undefined })
  expect(results.next().done).toBe(true)
})

test('another process may read while one writes, and may not write', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  const reader = folder.open({ readOnly: true })
  ledger.write({ rows: [entry(1)] })
  expect(reader.counts().rows).toBe(1)
  expect([...reader.results()]).toHaveLength(1)
  expect(() => reader.write({ rows: [entry(2)] })).toThrow('for reading')
})

test('keeps small facts', () => {
  using folder = temporaryFolder()
  folder.open().meta.set('columns', ['a', 'b'])
  const ledger = folder.open()
  ledger.meta.set('other', null)
  expect([ledger.meta.get('columns'), ledger.meta.get('other'), ledger.meta.get('none')]).toEqual([
    ['a', 'b'],
    null,
    undefined,
  ])
})

test('its files are readable by their owner only', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  ledger.write({ rows: [entry(1)] })
  const modes = readdirSync(folder.dir).map((name) => statSync(join(folder.dir, name)).mode & 0o777)
  expect(modes.length).toBeGreaterThan(1)
  expect(new Set(modes)).toEqual(new Set([0o600]))
})

test('closing twice is fine', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  ledger.close()
  expect(() => ledger.close()).not.toThrow()
})

test('refuses a ledger of a newer rollcall, and leaves it as it is', () => {
  using folder = temporaryFolder()
  folder.open().close()
  const db = new DatabaseSync(folder.path)
  db.exec('PRAGMA user_version = 99')
  db.close()
  for (const readOnly of [true, false]) {
    expect(() => openLedger(folder.path, { readOnly })).toThrow(UsageError)
    expect(() => openLedger(folder.path, { readOnly })).toThrow(/schema 99.*update rollcall/u)
  }
})

test('refuses what is not a ledger, and leaves it as it is', () => {
  using folder = temporaryFolder()
  expect(() => openLedger(folder.path, { readOnly: true })).toThrow(/no ledger here/u)
  expect(readdirSync(folder.dir)).toEqual([])
  const db = new DatabaseSync(folder.path)
  db.exec('CREATE TABLE other (a)')
  db.close()
  const before = statSync(folder.path).size
  expect(() => openLedger(folder.path)).toThrow(/not a ledger/u)
  expect(statSync(folder.path).size).toBe(before)
  const text = join(folder.dir, 'text.db')
  writeFileSync(text, 'name,mobile\n'.repeat(100))
  chmodSync(text, 0o600)
  expect(() => openLedger(text)).toThrow(/not a ledger/u)
})

function without<T extends object>(value: T | undefined, name: keyof T): Partial<T> {
  const { [name]: _, ...rest } = value ?? ({} as T)
  return rest as Partial<T>
}

function onBothLanes(of: Outcome): readonly Outcome[] {
  return [of, { ...of, lane: 'link' }]
}

function doubt(value: string) {
  return { message: `dob: "${value}" is after today`, lossy: false, ours: true, doubt: true } as const
}

test('doubtful values count by kind, over the lanes, and stand apart from what the API says', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  const asks = ['register', 'link']
  ledger.write({
    rows: [entry(1, { asks }), entry(2, { asks: ['link'] }), entry(3)],
    outcomes: [
      outcome(1, { warnings: [doubt('2058-01-31'), { code: 8107, message: 'No label', lossy: false }] }),
      outcome(1, { lane: 'link', result: 'linked' }),
      outcome(2, { lane: 'link', result: 'linked', warnings: [doubt('2061-12-01')] }),
      outcome(3),
    ],
  })
  expect(ledger.doubts()).toEqual([{ message: 'dob: … is after today', rows: 2, firstRow: 1 }])
  expect(ledger.codes().map(({ code }) => code)).toEqual([8107])
  expect(ledger.counts().statuses).toMatchObject({ ok: 3, warned: 0 })
})

test('of more than a thousand kinds of doubts, the first thousand are told', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  const rows = Array.from({ length: 1_100 }, (_, at) => at + 1)
  ledger.write({
    rows: rows.map((row) => entry(row)),
    outcomes: rows.map((row) =>
      outcome(row, {
        warnings: [
          { message: `${'a'.repeat(row % 40)}${'b'.repeat(row / 40)}: is odd`, lossy: false, ours: true, doubt: true },
        ],
      }),
    ),
  })
  expect(ledger.doubts()).toHaveLength(1_000)
})
