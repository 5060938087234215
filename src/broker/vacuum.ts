import type { PGlite } from '@electric-sql/pglite'

/**
 * Called for each statement, clears the database now and then of what jobs that are done have left in it. A server does so
 * beside its work; PGlite never does, though it says that autovacuum is on (findings/pglite-autovacuum-on.sh), and each query
 * went past ever more dead rows: a minute into an import without a limit they took five times as long.
 */
export function vacuumNowAndThen(database: PGlite): () => void {
  let statements = 0
  return () => {
    statements += 1
    if (statements % STATEMENTS === 0) void vacuum(database)
  }
}

/** Takes 50 to 100 ms, and waits for its turn as any statement does. */
async function vacuum(database: PGlite): Promise<void> {
  try {
    await database.exec('VACUUM')
  } catch {
    // The database is being closed, or the disk is full: whoever works with it hears of that.
  }
}

/** Of a few hundred a second, where nothing limits the pace. */
const STATEMENTS = 3_000
