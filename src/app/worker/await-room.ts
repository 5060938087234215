import { setTimeout as delay } from 'node:timers/promises'
import { NoRoomError } from '../../broker/redis-refusal.ts'
import type { Context } from '../context.ts'
import { type WatchedBroker, openWatchedBroker } from '../session/open-watched-broker.ts'

const TRY_EVERY_MS = 1_000

/**
 * Opens the broker; where Redis has no connection left, says so, and tries again until it has. Undefined: it was stopped
 * before that. Throws a UsageError where the broker cannot be opened for another reason.
 */
export async function openOnceThereIsRoom({
  environment,
  on,
  signal,
}: Pick<Context, 'environment' | 'on' | 'signal'>): Promise<WatchedBroker | undefined> {
  let isTold = false
  while (!signal.aborted) {
    try {
      const opened = await openWatchedBroker(environment, { on, signal })
      if (isTold) on({ kind: 'broker-back' })
      return opened
    } catch (error) {
      if (!(error instanceof NoRoomError)) throw error
      if (!isTold) on({ kind: 'broker-lost', why: `${error.why}. It is tried again` })
      isTold = true
    }
    await delay(TRY_EVERY_MS, undefined, { signal }).catch(() => {})
  }
  return undefined
}
