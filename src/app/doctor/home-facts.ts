import { accessSync, constants, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { freeBytes, nearest } from '../home-space.ts'

/** What can be seen of a folder in which runs are kept. */
export interface HomeFacts {
  readonly path: string
  readonly isThere: boolean
  /** Whether this user may write there; where the folder is not there, whether it can be made. */
  readonly writable: boolean
  /** Whether others on this machine may look into it. */
  readonly openToOthers: boolean
  /** Undefined where the system does not say. */
  readonly freeBytes: number | undefined
}

export function readHome(home: string): HomeFacts {
  const path = resolve(home)
  const stats = statSync(path, { throwIfNoEntry: false })
  const there = nearest(path)
  return {
    path,
    isThere: stats !== undefined,
    writable: isWritable(there),
    openToOthers: process.platform !== 'win32' && stats !== undefined && (stats.mode & 0o077) !== 0,
    freeBytes: freeBytes(there),
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}
