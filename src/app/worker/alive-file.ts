import { writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Broker } from '../../broker/broker.ts'
import { UsageError } from '../../model.ts'

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

/** Throws a UsageError where it cannot be written. */
export function writeAliveFile(path: string): void {
  try {
    writeFileSync(path, new Date().toISOString())
  } catch (error) {
    throw new UsageError(`The alive file ${path} cannot be written (${String(error)}). Name one that can.`)
  }
}
