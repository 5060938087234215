import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { expect, test } from 'vitest'

import { fillEventfully } from '../../bench/support/eventful-ledger.ts'
import { temporaryFolder } from './folder.ts'
import { entry } from './samples.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/ledger.md'), 'utf8')

test('every query of docs/ledger.md finds something in the ledger of an eventful run', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  fillEventfully(ledger, { rows: 1_000, problems: 100 })
  const attempt = { lane: 'register', batch: 1, at: 1_000, tookMs: 80, status: 200, rows: [3] } as const
  ledger.write({ rows: [entry(1_001)], deliveries: [{ id: 'a', outcomes: [], traffic: [], attempts: [attempt] }] })
  const db = new DatabaseSync(folder.path, { readOnly: true })
  const queries = [...page.matchAll(/```sql\n([^]*?)```/gu)].map(([, query = '']) => query)
  expect(queries.length).toBeGreaterThan(9)
  for (const query of queries) {
    const [first] = db.prepare(query).all()
    expect(first, query).toBeDefined()
    expect(
      Object.values(first ?? {}).every((value) => value === null),
      query,
    ).toBe(false)
  }
  db.close()
})

test('docs/ledger.md names every table and column that there is, and the schema’s number', () => {
  using folder = temporaryFolder()
  folder.open()
  const db = new DatabaseSync(folder.path, { readOnly: true })
  const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all()
  expect(tables.length).toBeGreaterThan(8)
  for (const { name } of tables) expect(page).toContain(`**${String(name)}**`)
  for (const table of ['rows', 'outcomes', 'attempts', 'seconds', 'events']) {
    for (const { name } of db.prepare(`SELECT name FROM pragma_table_info('${table}')`).all()) {
      expect(page, table).toContain(`\`${String(name)}\``)
    }
  }
  expect(page).toContain(`it is ${String(db.prepare('PRAGMA user_version').get()?.['user_version'])} now`)
  db.close()
})
