import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Takes a lock on `path` that only one process can hold, and that the operating system takes back when its process
 * ends, `kill -9` included: the lock is SQLite's own on an empty database. Node has no `flock`.
 * Returns the function that lets it go, or undefined where another process holds it.
 */
export function takeFileLock(path: string): (() => void) | undefined {
  return take(path, LOOKED_AT_FOR_MS)
}

/** Whether a process holds the lock on `path`. */
export function isFileLocked(path: string): boolean {
  const unlock = take(path, 0)
  unlock?.()
  return unlock === undefined
}

/** Whoever looks whether a lock is held holds it meanwhile: for how long at most, on a machine that is busy. */
const LOOKED_AT_FOR_MS = 250

function take(path: string, timeout: number): (() => void) | undefined {
  mkdirSync(dirname(path), { recursive: true })
  const database = new DatabaseSync(path, { timeout })
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
