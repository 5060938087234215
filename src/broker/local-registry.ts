import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { takeFileLock } from '../file-lock.ts'
import type { WorkerAtWork, WorkerRegistry } from './worker-registry.ts'

/** The registry of an embedded broker: a file beside it, of the one process that has it open. */
export function localRegistry(folder: string): WorkerRegistry {
  const path = join(folder, ENTRY)
  return {
    enrol(entry) {
      const text = JSON.stringify({ ...entry, since: Date.now() } satisfies WorkerAtWork)
      writeFileSync(`${path}.new`, text, { mode: 0o600 })
      renameSync(`${path}.new`, path)
      return {
        end: () => Promise.resolve(rmSync(path, { force: true })),
      }
    },
    list: () => Promise.resolve(readEntry(path)),
  }
}

/** Who works with the embedded broker of a home: the process that has it open, or nobody. */
export function embeddedWorkers(home: string): readonly WorkerAtWork[] {
  const folder = join(home, 'broker')
  const path = join(folder, ENTRY)
  if (!existsSync(path)) return []
  // Who died has left it there; the lock says so.
  const unlock = takeFileLock(join(folder, 'lock'))
  if (unlock === undefined) return readEntry(path)
  rmSync(path, { force: true })
  unlock()
  return []
}

function readEntry(path: string): readonly WorkerAtWork[] {
  try {
    return [JSON.parse(readFileSync(path, 'utf8')) as WorkerAtWork]
  } catch {
    // It has just ended.
    return []
  }
}

const ENTRY = 'worker.json'
