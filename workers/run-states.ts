import { setTimeout as delay } from 'node:timers/promises'
import type { Broker, RunState } from '../src/broker/broker.ts'

/** Asked before each request, so not each time of the broker, and once for all who ask at the same time. */
export function cachedRunState(broker: Broker): (run: string) => Promise<RunState> {
  const known = new Map<string, { readonly state: RunState; readonly until: number }>()
  const asking = new Map<string, Promise<RunState>>()
  const ask = async (run: string) => {
    const lastKnown = known.get(run)?.state ?? 'running'
    // What is known a moment later keeps no process from its end.
    const state = await Promise.race([broker.runState(run), delay(RUN_STATE_PATIENCE_MS, lastKnown, { ref: false })])
    known.set(run, { state, until: performance.now() + RUN_STATE_FOR_MS })
    return state
  }
  return async (run) => {
    const cached = known.get(run)
    if (cached !== undefined && cached.until > performance.now()) return cached.state
    const answer = asking.get(run) ?? ask(run).finally(() => asking.delete(run))
    asking.set(run, answer)
    return answer
  }
}

const RUN_STATE_FOR_MS = 500
/** While the broker is away, what was last known counts. */
const RUN_STATE_PATIENCE_MS = 1_000
