import type { PGlite } from '@electric-sql/pglite'
import { runMigrations } from 'bullmq'
import { pglitePool } from './pglite-pool.ts'

/** Makes the tables that BullMQ and the broker keep in a database, where they are not there yet. */
export async function prepareDatabase(database: PGlite): Promise<void> {
  const session = await pglitePool(database).connect()
  await runMigrations(session)
  session.release()
  await database.exec('SET search_path TO bullmq')
  await database.exec('CREATE TABLE IF NOT EXISTS run_state (run text PRIMARY KEY, state text NOT NULL)')
}
