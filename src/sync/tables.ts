import type { DatabaseSync } from 'node:sqlite'
import { UsageError } from '../model.ts'

/** The columns of `staged_rows`. */
export const STAGED_ROWS = `(
  row INTEGER PRIMARY KEY, key TEXT NOT NULL, asks TEXT NOT NULL, steps TEXT NOT NULL, settles INTEGER NOT NULL
) STRICT`

/**
 * The tables of `<home>/syncs/<sync>/sync.db`.
 *
 * - `members`: what is remembered, by key. `asks` has the lanes that the row asks for, each with the beginning (132 bits,
 *   base64url) of the SHA-256 of its request (`asks.ts`); `states` a digit for each, of `decide.ts`; `run` brought the row
 *   to where it is; `gone` is the run whose file no longer had it.
 * - `repeats`: of the members' rows that were not sent because another row is of the same member: that row's key.
 * - `staged_rows`: the file that is being imported, by row, with what is done with each lane, and whether there will be
 *   something to remember of it. Made before the first request, and emptied when the run's outcomes are remembered.
 * - `executions`: what became of each file, and of each time at which there was none. The one without `ended_at` is under
 *   way. `survey` is JSON.
 * - `due_times`: each time that a scheduler called for, and how it ended.
 * - `outbox`: the notifications that are still to be sent, one line for each channel.
 * - `incidents`: what is amiss and was notified since the last good execution, so that it is not notified again.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS members (
    key TEXT NOT NULL, asks TEXT NOT NULL, states TEXT NOT NULL, run TEXT NOT NULL, gone TEXT, PRIMARY KEY (key, asks)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS repeats (
    key TEXT NOT NULL, asks TEXT NOT NULL, of_key TEXT NOT NULL, PRIMARY KEY (key, asks)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS members_gone ON members (gone) WHERE gone IS NOT NULL;
  CREATE TABLE IF NOT EXISTS staged_rows ${STAGED_ROWS};
  CREATE TABLE IF NOT EXISTS executions (
    id INTEGER PRIMARY KEY, due INTEGER, started_at INTEGER NOT NULL, ended_at INTEGER, file TEXT, sha256 TEXT,
    run TEXT, outcome TEXT, reason TEXT, survey TEXT, problems INTEGER, archived TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS executions_sha256 ON executions (sha256);
  CREATE TABLE IF NOT EXISTS due_times (due INTEGER PRIMARY KEY, state TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS outbox (
    id INTEGER PRIMARY KEY, channel TEXT NOT NULL, notification TEXT NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS incidents (incident TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`

/** What `PRAGMA user_version` calls the form of these tables. */
const VERSION = 2

/**
 * Makes the tables where they are missing, and brings those of an earlier rollcall into today's form: whole, or not at
 * all. Throws a UsageError where a newer rollcall has made them.
 */
export function bringUpToDate(db: DatabaseSync, path: string): void {
  if (versionOf(db) === VERSION) return
  db.exec('BEGIN IMMEDIATE')
  try {
    // Another process may have done it meanwhile.
    const version = versionOf(db)
    if (version > VERSION) throw new UsageError(`${path} was written by a newer rollcall: use that one.`)
    if (version < VERSION) {
      const isMade = hasTable(db, 'members')
      if (isMade && version < 1) db.exec(fromTwoLanes)
      if (isMade && version < 2) renameTables(db)
      db.exec(TABLES)
      if (isMade && version < 1) db.exec(takeOver)
      db.exec(`PRAGMA user_version = ${VERSION}`)
    }
    db.exec('COMMIT')
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

function hasTable(db: DatabaseSync, name: string): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version'])
}

/** Version 0 had columns for the two lanes that there were: a hash each, empty where there was no request. */
const fromTwoLanes = `
  DROP INDEX IF EXISTS members_gone;
  DROP INDEX IF EXISTS tonight_key;
  ALTER TABLE members RENAME TO members_0;
  ALTER TABLE repeats RENAME TO repeats_0;
  ALTER TABLE tonight RENAME TO tonight_0;
`

const asks = "trim(iif(register = '', '', 'register:' || register) || iif(link = '', '', ' link:' || link))"
const each = (what: string) => `iif(register = '', '', register_${what}) || iif(link = '', '', link_${what})`

const takeOver = `
  INSERT INTO members SELECT key, ${asks}, ${each('state')}, run, gone FROM members_0;
  INSERT INTO repeats SELECT key, ${asks}, of_key FROM repeats_0;
  INSERT INTO staged_rows SELECT row, key, ${asks}, ${each('step')}, settles FROM tonight_0;
  CREATE INDEX staged_rows_key ON staged_rows (key);
  DROP TABLE members_0;
  DROP TABLE repeats_0;
  DROP TABLE tonight_0;
`

/** What tables were called up to version 1. Of an earlier rollcall some may be missing. */
const FORMER_NAMES = {
  tonight: 'staged_rows',
  nights: 'executions',
  times: 'due_times',
  tellings: 'outbox',
  standing: 'incidents',
}

function renameTables(db: DatabaseSync): void {
  db.exec('DROP INDEX IF EXISTS nights_sha256; DROP INDEX IF EXISTS tonight_key')
  for (const [former, name] of Object.entries(FORMER_NAMES)) {
    if (hasTable(db, former)) db.exec(`ALTER TABLE ${former} RENAME TO ${name}`)
  }
  if (hasTable(db, 'outbox')) db.exec('ALTER TABLE outbox RENAME COLUMN notice TO notification')
  if (hasTable(db, 'incidents')) db.exec('ALTER TABLE incidents RENAME COLUMN told TO incident')
  if (hasTable(db, 'staged_rows')) db.exec('CREATE INDEX staged_rows_key ON staged_rows (key)')
}
