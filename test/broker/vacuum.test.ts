import { PGlite } from '@electric-sql/pglite'
import { expect, onTestFinished, test } from 'vitest'
import { pglitePool } from '../../src/broker/pglite-pool.ts'
import { vacuumNowAndThen } from '../../src/broker/vacuum.ts'

test('what jobs leave in the database is cleared while it is used', async () => {
  const database = new PGlite()
  onTestFinished(() => database.close())
  await database.exec('CREATE TABLE job (id integer PRIMARY KEY, data text)')
  const pool = pglitePool(database, vacuumNowAndThen(database))
  const data = 'x'.repeat(1_000)
  for (let id = 1; id <= 4_000; id++) {
    await pool.query('INSERT INTO job VALUES ($1, $2)', [id, data])
    await pool.query('DELETE FROM job WHERE id = $1', [id])
  }
  const { rows } = await pool.query<{ bytes: string }>("SELECT pg_relation_size('job') AS bytes")
  // Two vacuums came in between: never more than a half of 4 MB lies there at once.
  expect(Number(rows[0]?.bytes)).toBeLessThan(3e6)
})
