import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Takes a lock on `path` that only one process can hold, and that the operating system takes back when its process
 * ends, `kill -9` included: the lock is SQLite's own on an empty database. Node has no `flock`.
 * Returns the function that lets it go, or undefined where another process holds it.
 */
export function takeFileLock(path: string): (() => void) | undefined {
  mkdirSync(dirname(path), { recursive: true })
  const database = new DatabaseSync(path)
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return undefined
    throw error
  }
  chmodSync(path, 0o600)
  return () => database.close()
}

const SQLITE_BUSY = 5
