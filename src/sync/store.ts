import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { damageIn } from '../disk-error.ts'
import { UsageError } from '../model.ts'
import { STAGED_ROWS, bringUpToDate } from './tables.ts'

/** The files of one sync below `home`. */
export function syncFolder(home: string, name: string) {
  const path = join(home, 'syncs', name)
  return { path, database: join(path, 'sync.db'), lock: join(path, 'lock') }
}

/** A sync's memory: one process writes it, under the sync's lock. */
export interface Store {
  readonly db: DatabaseSync
  /** Runs `work` in one transaction, whole or not at all. */
  transaction<T>(work: () => T): T
  fact(name: string): string | undefined
  setFact(name: string, value: string): void
  close(): void
}

/**
 * Opens a sync's memory to try a file against it: what is made of the file is kept for as long as it is open, and hinders
 * nobody who is at work on the sync meanwhile.
 */
export function openStoreToTry(home: string, name: string): Store {
  const store = openStore(home, name)
  // Tables and indexes of the connection's own go before those of the same name in the file.
  store.db.exec(`CREATE TEMP TABLE staged_rows ${STAGED_ROWS}; CREATE INDEX temp.staged_rows_key ON staged_rows (key)`)
  return store
}

/**
 * Opens a sync's memory, made where it is missing and readable by its owner only.
 * @throws UsageError where it is damaged.
 */
export function openStore(home: string, name: string): Store {
  const { path, database } = syncFolder(home, name)
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const db = new DatabaseSync(database, { timeout: 10_000 })
  try {
    return prepareStore(db, database)
  } catch (error) {
    db.close()
    const damage = damageIn(error)
    if (damage === undefined) throw error
    throw new UsageError(
      `What the sync ${name} remembers is damaged: ${damage} (${database}). Put a copy of it back, or move it away ` +
        'together with what begins with its name: the next night then takes every row for a new one, and sends it again.',
      { cause: error },
    )
  }
}

function prepareStore(db: DatabaseSync, database: string): Store {
  chmodSync(database, 0o600)
  // The cache bounds what sorting takes, too. A larger one saves little: the system caches the file as well.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8000')
  // A survey is one large transaction: what it needed of the log is given back.
  db.exec('PRAGMA journal_size_limit = 64000000')
  bringUpToDate(db, database)
  const readFact = db.prepare('SELECT value FROM facts WHERE name = ?')
  const writeFact = db.prepare('INSERT INTO facts VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
  return {
    db,
    transaction(work) {
      db.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        db.exec('COMMIT')
        return result
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK')
        throw error
      }
    },
    fact: (name_) => readFact.get(name_)?.['value'] as string | undefined,
    setFact: (name_, value) => void writeFact.run(name_, value),
    close() {
      if (db.isOpen) db.close()
    },
  }
}
