import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { fillEventfully } from '../../bench/support/eventful-ledger.ts'
import type { Outcome, ProgramOutcome } from '../../src/model.ts'
import type { Ledger, PageRequest } from '../../src/ledger/ledger.ts'
import { temporaryFolder } from './folder.ts'
import { entry, outcome } from './samples.ts'

/** Whatever the row met: of its outcome, in warnings, and of its partner programs. */
function codesOf({ code, warnings, programs = [] }: Outcome): readonly (number | undefined)[] {
  return [code, ...[...warnings, ...programs].map((said) => said.code)]
}

/** All rows that are asked for, read page by page. */
function allOf(ledger: Ledger, request: Omit<PageRequest, 'after'>): readonly number[] {
  const rows: number[] = []
  for (let after: number | undefined = 0; after !== undefined;) {
    const page = ledger.page({ ...request, after })
    expect(page.rows.length).toBeLessThanOrEqual(request.limit)
    rows.push(...page.rows)
    after = page.next
  }
  return rows
}

test('pages, one after the other, hold exactly the rows that are asked for, in order', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  fillEventfully(ledger, { rows: 1_000, problems: 100 })
  const all = [...ledger.results()]
  const requests: Omit<PageRequest, 'after' | 'limit'>[] = [
    {},
    { status: 'ok' },
    { status: 'rejected' },
    { status: 'open' },
    { key: '7' },
    { key: '%' },
    { status: 'rejected', key: '1' },
    ...ledger
      .codes()
      .flatMap(({ code }) => (code === undefined ? [] : [{ code }, { code, status: 'warned' as const }])),
  ]
  for (const request of requests) {
    const expected = all
      .filter(({ status }) => request.status === undefined || (status ?? 'open') === request.status)
      .filter(({ key }) => request.key === undefined || key.includes(request.key))
      .filter(
        ({ outcomes }) =>
          request.code === undefined || Object.values(outcomes).some((one) => codesOf(one).includes(request.code)),
      )
    for (const limit of [7, 1_000]) {
      expect(allOf(ledger, { ...request, limit }), JSON.stringify(request)).toEqual(expected.map(({ row }) => row))
    }
  }
})

function found(ledger: Ledger): readonly (readonly (readonly number[])[])[] {
  return [8055, 2004, 2006, 1].map((code) => [
    allOf(ledger, { code, limit: 1 }),
    allOf(ledger, { code, status: 'ok', limit: 9 }),
  ])
}

test('rows are found by each code that they met, also in a ledger of before, and once that is brought up', () => {
  using folder = temporaryFolder()
  const written = folder.open()
  const programs = [2004, 2006].map((code): ProgramOutcome => ({
    program: 'One',
    result: 'rejected',
    code,
    message: '',
  }))
  const warned = { warnings: [{ code: 8055, message: 'dropped', lossy: true }] }
  written.write({
    rows: [1, 2, 3, 4].map((row) => entry(row)),
    outcomes: [
      outcome(1),
      outcome(2, warned),
      outcome(3, { ...warned, code: 8055 }),
      outcome(4, { code: 2004, programs }),
    ],
  })
  const expected = [
    [
      [2, 3],
      [2, 3],
    ],
    [[4], [4]],
    [[4], [4]],
    [[], []],
  ]
  expect(found(written)).toEqual(expected)
  written.close()
  const db = new DatabaseSync(folder.path)
  db.exec(`
    DROP TABLE other_codes; DROP TABLE owners; PRAGMA user_version = 7;
    CREATE TABLE members (lane TEXT, customer_id TEXT, row INTEGER, PRIMARY KEY (lane, customer_id)) STRICT, WITHOUT ROWID;
  `)
  db.close()
  const before = folder.open({ readOnly: true })
  expect(found(before)).toEqual(expected)
  before.close()
  folder.open().close()
  expect(found(folder.open({ readOnly: true }))).toEqual(expected)
})

test('where an index leads to the rows, it is used', () => {
  using folder = temporaryFolder()
  folder.open()
  const db = new DatabaseSync(folder.path, { readOnly: true })
  const plan = (sql: string) => JSON.stringify(db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all())
  expect(
    plan(`SELECT row FROM rows WHERE row > 1 AND row <= 9 AND status <> 'ok' AND status = 'failed' ORDER BY row`),
  ).toContain('rows_status')
  expect(plan('SELECT row FROM outcomes WHERE code = 8006 AND code IS NOT NULL AND row > 1')).toContain('outcomes_code')
  db.close()
})
