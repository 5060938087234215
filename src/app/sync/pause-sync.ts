import { pausedSince, setPaused } from '../../sync/paused.ts'
import { openStore } from '../../sync/store.ts'
import type { Environment } from '../environment.ts'
import { knownSync } from './sync-history.ts'

/** A sync that was paused, or let go on. */
export interface PauseAnswer {
  readonly sync: string
  /** Whether it stood so already. */
  readonly already: boolean
}

/**
 * Keeps a sync from beginning anything until it is resumed: its times are passed over, and stand in its history as
 * `paused`; what is in its inbox waits there. What it has under way goes on. `given`: its name, or the path of its file.
 * Throws a UsageError where it was not run in this home.
 */
export function pauseSync(environment: Environment, given: string): PauseAnswer {
  return set(environment, { given, since: environment.now() })
}

/** Lets a paused sync go on, at its next time or call. Throws as `pauseSync` does. */
export function resumeSync(environment: Environment, given: string): PauseAnswer {
  return set(environment, { given, since: undefined })
}

function set({ home }: Environment, { given, since }: { given: string; since: number | undefined }): PauseAnswer {
  const sync = knownSync(home, given)
  const store = openStore(home, sync)
  try {
    const already = (pausedSince(store) === undefined) === (since === undefined)
    if (!already) setPaused(store, since)
    return { sync, already }
  } finally {
    store.close()
  }
}
