import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { GONE_KEYS } from './survey.ts'
import type { Store } from './store.ts'

/**
 * Writes the keys of the members that tonight's file no longer has, one a line under the heading `key`; the file
 * appears whole. To be called before `settle`, which marks them. Gives how many they are.
 */
export function writeGone(store: Store, path: string): number {
  const aside = `${path}.new`
  const file = openSync(aside, 'w', 0o600)
  let count = 0
  try {
    writeSync(file, 'key\r\n')
    for (const { key } of store.db.prepare(`${GONE_KEYS} ORDER BY key`).iterate()) {
      writeSync(file, `${csvCell(String(key))}\r\n`)
      count++
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(aside, path)
  return count
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
