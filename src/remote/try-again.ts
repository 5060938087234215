import { setTimeout as delay } from 'node:timers/promises'
import { RemoteError } from './remote-error.ts'

/** Attempts in a row that may bring nothing before we give up. */
const TRIES = 5
const LONGEST_WAIT_MS = 30_000

export interface TryAgain {
  /** The wait before the second try; it doubles from one to the next, less up to half of it at random. */
  readonly backoffMs: number
  readonly signal: AbortSignal
}

/**
 * Does something again for as long as it fails in passing, at most five times. `progress` tells how far it has come (in
 * bytes, say): the count begins anew where a try came further than all before it.
 */
export async function tryAgain<T>(
  work: () => Promise<T>,
  { backoffMs, signal }: TryAgain,
  progress: () => number = () => 0,
): Promise<T> {
  let furthest = progress()
  for (let failures = 1; ; failures += 1) {
    try {
      signal.throwIfAborted()
      return await work()
    } catch (error) {
      if (signal.aborted) throw signal.reason
      if (progress() > furthest) {
        furthest = progress()
        failures = 1
      }
      if (!(error instanceof RemoteError && error.trouble === 'passing') || failures >= TRIES) throw error
    }
    const waitMs = Math.min(backoffMs * 2 ** (failures - 1), LONGEST_WAIT_MS)
    await delay(waitMs * (1 - Math.random() / 2), undefined, { signal })
  }
}
