import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { GONE_KEYS } from './survey.ts'
import type { Store } from './store.ts'

/** Characters that are gathered before they are written. */
const GATHERED = 64 * 1024

/**
 * Writes the keys of the members that this execution's file no longer has, one a line under the heading `key`; the file
 * appears whole, or not at all. To be called before `settle`, which marks them. Gives how many they are.
 */
export function writeGone(store: Store, path: string): number {
  const aside = `${path}.new`
  try {
    const count = writeKeys(store, aside)
    renameSync(aside, path)
    return count
  } catch (error) {
    rmSync(aside, { force: true })
    throw error
  }
}

function writeKeys(store: Store, path: string): number {
  const file = openSync(path, 'w', 0o600)
  let gathered = 'key\r\n'
  let count = 0
  // A full disk may take a part and say nothing yet: `writeFileSync` goes on with the rest, and is told then.
  const flush = () => {
    writeFileSync(file, gathered)
    gathered = ''
  }
  try {
    for (const { key } of store.db.prepare(`${GONE_KEYS} ORDER BY key`).iterate()) {
      gathered += `${csvCell(String(key))}\r\n`
      count++
      if (gathered.length >= GATHERED) flush()
    }
    flush()
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  return count
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
