import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const TONIGHT = `(
  row INTEGER PRIMARY KEY, key TEXT NOT NULL, register TEXT NOT NULL, register_step INTEGER NOT NULL,
  link TEXT NOT NULL, link_step INTEGER NOT NULL, settles INTEGER NOT NULL
) STRICT`

/**
 * The tables of `<home>/syncs/<sync>/sync.db`.
 *
 * - `members`: what is remembered, by key. `register` and `link` are the beginning (132 bits, base64url) of the SHA-256
 *   of each lane's request, empty where there is none; their states are those of `decide.ts`; `run` brought the row to where it is;
 *   `gone` is the run whose file no longer had it.
 * - `repeats`: of the members' rows that were not sent because another row is of the same member: that row's key.
 * - `tonight`: the file that is being imported, by row, with what is done with each lane, and whether there will be
 *   something to remember of it. Made before the first request, and emptied when the run's outcomes are remembered.
 * - `nights`: what became of each file, and of each time at which there was none. The one without `ended_at` is under
 *   way. `survey` is JSON.
 * - `tellings`: what is still to be told, one line for each channel.
 * - `standing`: what was told since the last good night, so that it is not told again.
 */
const tables = `
  CREATE TABLE IF NOT EXISTS members (
    key TEXT NOT NULL, register TEXT NOT NULL, register_state INTEGER NOT NULL, link TEXT NOT NULL,
    link_state INTEGER NOT NULL, run TEXT NOT NULL, gone TEXT, PRIMARY KEY (key, register, link)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS repeats (
    key TEXT NOT NULL, register TEXT NOT NULL, link TEXT NOT NULL, of_key TEXT NOT NULL,
    PRIMARY KEY (key, register, link)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS members_gone ON members (gone) WHERE gone IS NOT NULL;
  CREATE TABLE IF NOT EXISTS tonight ${TONIGHT};
  CREATE TABLE IF NOT EXISTS nights (
    id INTEGER PRIMARY KEY, due INTEGER, started_at INTEGER NOT NULL, ended_at INTEGER, file TEXT, sha256 TEXT,
    run TEXT, outcome TEXT, reason TEXT, survey TEXT, problems INTEGER, archived TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS nights_sha256 ON nights (sha256);
  CREATE TABLE IF NOT EXISTS times (due INTEGER PRIMARY KEY, state TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS tellings (
    id INTEGER PRIMARY KEY, channel TEXT NOT NULL, notice TEXT NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS standing (told TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`

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
  store.db.exec(`CREATE TEMP TABLE tonight ${TONIGHT}; CREATE INDEX temp.tonight_key ON tonight (key)`)
  return store
}

/** Opens a sync's memory, made where it is missing and readable by its owner only. */
export function openStore(home: string, name: string): Store {
  const { path, database } = syncFolder(home, name)
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const db = new DatabaseSync(database, { timeout: 10_000 })
  chmodSync(database, 0o600)
  // The cache bounds what sorting takes, too. A larger one saves little: the system caches the file as well.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8000')
  // A survey is one large transaction: what it needed of the log is given back.
  db.exec('PRAGMA journal_size_limit = 64000000')
  db.exec(tables)
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
