import { readFileSync } from 'node:fs'
import { UsageError } from '../../model.ts'
import { type Sync, loadSync } from '../../sync/load-sync.ts'
import { unreadableFile } from '../../unreadable-file.ts'

/** Reads a sync's file. Throws a UsageError that says what is wrong with it. */
export function readSync(path: string): Sync {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(unreadableFile(`The sync ${path}`, error))
  }
  return loadSync(text, path)
}
