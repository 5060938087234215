import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Takes a lock on `path` that only one process can hold, and that the operating system takes back when its process
 * ends, `kill -9` included: the lock is SQLite's own on an empty database. Node has no `flock`.
 * Returns the function that lets it go, or undefined where another process holds it.
 */
export function takeFileLock(path: string): (() => void) | undefined {
  mkdirSync(dirname(path), { recursive: true })
  const database = new DatabaseSync(path, { timeout: 0 })
  // A writer's lock that readers do not stand in the way of: whoever has it is the next holder, and has only to wait
  // until those who are looking have looked. Kept exclusive, the connection holds it until it is closed.
  if (!succeeds(database, 'PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; ROLLBACK')) return undefined
  if (!succeeds(database, `PRAGMA busy_timeout = ${String(LOOKED_AT_FOR_MS)}; BEGIN EXCLUSIVE`)) return undefined
  chmodSync(path, 0o600)
  return () => database.close()
}

/** Whether a process holds the lock on `path`. It looks as a reader does, which keeps nobody from taking it. */
export function isFileLocked(path: string): boolean {
  if (!existsSync(path)) return false
  const database = new DatabaseSync(path, { timeout: 0, readOnly: true })
  if (!succeeds(database, 'SELECT count(*) FROM sqlite_schema')) return true
  database.close()
  return false
}

/** For how long somebody looks at most, on a machine that is as busy as can be. */
const LOOKED_AT_FOR_MS = 30_000

/** Whether `sql` was carried out: not where another connection's lock stands in its way, which closes this one. */
function succeeds(database: DatabaseSync, sql: string): boolean {
  try {
    database.exec(sql)
    return true
  } catch (error) {
    database.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return false
    throw error
  }
}

const SQLITE_BUSY = 5
