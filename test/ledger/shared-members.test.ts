import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import type { Outcome } from '../../src/model.ts'
import { temporaryFolder } from './folder.ts'
import { entry, outcome } from './samples.ts'

const lane = 'register-v1'
const owned = (row: number, customerId: string | undefined, more: Partial<Outcome> = {}) =>
  outcome(row, { lane, customerId, member: row, ...more })
const rows = [1, 2, 3, 4].map((row) => entry(row, { asks: [lane] }))
const grave = expect.objectContaining({
  grave: true,
  lossy: true,
  message: expect.stringContaining('same customer id'),
})

test('two rows that come to one customer id are both warned, whichever was recorded first', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  ledger.write({ rows })
  ledger.write({ outcomes: [owned(1, '700'), owned(2, '701')] })
  expect(ledger.counts()).toMatchObject({ statuses: { ok: 2, warned: 0 } })

  const fresh = ledger.write({ outcomes: [owned(3, '700')] })

  expect(fresh).toMatchObject([{ row: 3, status: 'warned' }])
  expect(ledger.counts()).toMatchObject({ statuses: { ok: 1, warned: 2 } })
  expect(ledger.row(3)).toMatchObject({
    status: 'warned',
    outcomes: { [lane]: { warnings: [grave], message: expect.stringContaining('row "1"') } },
  })
  expect(ledger.row(1)).toMatchObject({
    status: 'warned',
    outcomes: { [lane]: { warnings: [grave], hint: expect.any(String) } },
  })
  expect(ledger.row(2)).toMatchObject({ status: 'ok' })
  expect(ledger.codes()).toMatchObject([{ lane, severity: 'warning', rows: 2, firstRow: 1 }])
})

test('a third row is warned of the first, which is not warned twice', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  ledger.write({ rows, outcomes: [owned(1, '700'), owned(2, '700'), owned(3, '700')] })
  expect(ledger.row(1)?.outcomes[lane]?.warnings).toHaveLength(1)
  expect(ledger.row(3)?.outcomes[lane]?.warnings).toHaveLength(1)
  expect(ledger.counts()).toMatchObject({ statuses: { warned: 3 } })
})

test('what was said of a row before stays', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  const said = {
    status: 'warned',
    code: 91_006,
    message: 'not allowed',
    hint: 'ask',
    warnings: [{ code: 91_006, message: 'not allowed', lossy: true }],
  } as const
  ledger.write({
    rows,
    outcomes: [owned(1, '700', said), owned(2, '700', { status: 'rejected', result: 'rejected', code: 1 })],
  })
  expect(ledger.row(1)?.outcomes[lane]).toMatchObject({
    code: 91_006,
    message: 'not allowed',
    warnings: [grave, { code: 91_006 }],
  })
  expect(ledger.row(2)).toMatchObject({ status: 'rejected', outcomes: { [lane]: { code: 1, warnings: [grave] } } })
})

test('an outcome that is recorded again, a row without an id, rows known to be of one member and other lanes are no sign', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  ledger.write({ rows, outcomes: [owned(1, '700')] })
  ledger.write({ outcomes: [owned(1, '700'), owned(2, undefined), owned(3, '700', { member: undefined })] })
  ledger.write({ rows: [entry(5)], outcomes: [outcome(5, { customerId: '700' })] })
  expect(ledger.counts()).toMatchObject({ statuses: { warned: 0, ok: 4 } })
})

test('rows of one member may come to one customer id, and none of them to that of another', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  ledger.write({ rows, outcomes: [owned(1, '700'), owned(2, '701'), owned(3, '700', { member: 1 })] })
  expect(ledger.counts()).toMatchObject({ statuses: { ok: 3, warned: 0 } })

  ledger.write({ outcomes: [owned(4, '701', { member: 1 })] })

  expect(ledger.row(4)?.outcomes[lane]?.warnings).toEqual([grave])
  expect(ledger.row(2)).toMatchObject({ status: 'warned' })
  expect(ledger.counts()).toMatchObject({ statuses: { ok: 2, warned: 2 } })
})

test('where the row that came first repeats another, who comes later is known by that one', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  ledger.write({ rows, outcomes: [owned(3, '700', { member: 1 }), owned(1, '700'), owned(4, '700', { member: 1 })] })
  expect(ledger.counts()).toMatchObject({ statuses: { ok: 3, warned: 0 } })
  ledger.write({ outcomes: [owned(2, '700')] })
  expect(ledger.row(2)?.outcomes[lane]?.message).toContain('row "3"')
})

test('a customer id is itself alone, as a number or a text', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  const ids = ['7', '07', '7.0', '9007199254740993', '9007199254740992', 'x7']
  ledger.write({
    rows: ids.map((_, at) => entry(at + 1, { asks: [lane] })),
    outcomes: ids.map((id, at) => owned(at + 1, id)),
  })
  expect(ledger.counts()).toMatchObject({ statuses: { ok: ids.length, warned: 0 } })
})

test('what a ledger of before knows of customer ids is known when it is written on', () => {
  using folder = temporaryFolder()
  folder.open().close()
  const db = new DatabaseSync(folder.path)
  db.exec(`
    DROP TABLE owners; PRAGMA user_version = 8;
    CREATE TABLE members (lane TEXT, customer_id TEXT, row INTEGER, PRIMARY KEY (lane, customer_id)) STRICT, WITHOUT ROWID;
    INSERT INTO members VALUES ('register-v1', '700', 1), ('register-v1', '0700', 2), ('update', '700', 3);
  `)
  db.close()
  const ledger = folder.open()
  ledger.write({ rows, outcomes: [owned(3, '700'), owned(4, '0700')] })
  expect([ledger.row(3), ledger.row(4)].map((row) => row?.outcomes[lane]?.message)).toEqual([
    expect.stringContaining('row "1"'),
    expect.stringContaining('row "2"'),
  ])
})
