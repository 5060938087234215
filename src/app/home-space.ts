import { statSync, statfsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { formatBytes } from '../words.ts'

/** What is to be kept in a home. */
export interface Need {
  /** The size of the file that is to be imported; undefined where nobody knows it. */
  readonly fileBytes: number | undefined
  /** Whether the embedded broker keeps its files there too. */
  readonly embedded: boolean
}

/** What a run's ledger and reports take of the size of its file: of long lines four times that, of short ones up to this. */
export const TIMES_THE_FILE = 15
/** What the embedded broker's database grows to while jobs are in it. */
const BROKER_BYTES = 50_000_000

/** How much room a run may take, in bytes. */
export function neededBytes({ fileBytes = 0, embedded }: Need): number {
  return fileBytes * TIMES_THE_FILE + (embedded ? BROKER_BYTES : 0)
}

/** The same for people who have a full disk, whatever the file. */
export const NEEDED_IN_WORDS = `A run takes up to ${TIMES_THE_FILE} times the size of its file, and without Redis ${BROKER_BYTES / 1e6} MB more.`

/** How much room the disk of a folder has, in bytes; undefined where the system does not say. */
export function freeBytes(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return undefined
  }
}

/** The folder itself, or the one above it that is there. */
export function nearest(path: string): string {
  const above = dirname(path)
  return statSync(path, { throwIfNoEntry: false }) !== undefined || above === path ? path : nearest(above)
}

/** That a run may not have room enough in a home, in a sentence; undefined where it has, or nobody knows. */
export function scarcity(home: string, need: Need): string | undefined {
  const path = resolve(home)
  const [free, needed] = [freeBytes(nearest(path)), neededBytes(need)]
  if (free === undefined || free >= needed) return undefined
  return `${formatBytes(free)} are free in ${path}, and this run may take ${formatBytes(needed)}: where that is too little, it halts, and \`rollcall resume\` goes on when there is room.`
}
