import type { Environment } from './environment.ts'
import type { Listener } from './events.ts'

/** What everything that takes time is asked with. */
export interface Context {
  readonly environment: Environment
  /** Hears what happens meanwhile. */
  readonly on: Listener
  /** Aborts when it is to stop in order: what is in flight ends, and what can go on later is left so that it can. */
  readonly signal: AbortSignal
}
