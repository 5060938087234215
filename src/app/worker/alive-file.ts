import { type Stats, closeSync, constants, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Broker } from '../../broker/broker.ts'
import { UsageError } from '../../model.ts'

const { O_WRONLY, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants

/** How often the file is written anew, in milliseconds. */
const EVERY_MS = 5_000

/** Writes a file again and again for as long as the broker answers: whoever checks a process looks at the file's age. */
export async function keepAliveFile(path: string, broker: Broker, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await broker.runState('')
    writeAliveFile(path)
    await delay(EVERY_MS, undefined, { signal }).catch(() => {})
  }
}

/**
 * Throws a UsageError where it cannot be written, or something else than a plain file is there: a link that somebody else
 * has put into a folder for all would have us write over what it leads to.
 */
export function writeAliveFile(path: string): void {
  try {
    const file = openSync(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600)
    try {
      const { nlink } = refuseOtherThanFile(fstatSync(file))
      if (nlink > 1) throw new Error('it has another name as well')
      ftruncateSync(file)
      writeSync(file, new Date().toISOString())
    } finally {
      closeSync(file)
    }
  } catch (error) {
    throw new UsageError(`The alive file ${path} cannot be written (${wordsOf(error)}). Name one that can.`)
  }
}

function refuseOtherThanFile(found: Stats): Stats {
  if (!found.isFile()) throw new Error('it is no file')
  return found
}

function wordsOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ELOOP') return 'it is a symbolic link'
  return error instanceof Error ? error.message : String(error)
}
