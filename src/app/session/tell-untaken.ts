import type { WorkerRegistry } from '../../broker/worker-registry.ts'
import type { LaneName } from '../../model.ts'
import type { UntakenLane } from '../../run/untaken.ts'
import type { Listener } from '../events.ts'
import { whyUntaken } from '../workers/why-untaken.ts'

export interface UntakenTold {
  readonly run: string
  readonly account: string
  readonly registry: WorkerRegistry
  readonly on: Listener
}

/** Gives what tells of lanes on which nobody takes a run's jobs: when that begins, when the reason changes, when it ends. */
export function tellUntaken({
  run,
  account,
  registry,
  on,
}: UntakenTold): (lanes: readonly UntakenLane[]) => Promise<void> {
  const told = new Map<LaneName, string>()
  return async (lanes) => {
    for (const lane of told.keys()) {
      if (lanes.some((untaken) => untaken.lane === lane)) continue
      told.delete(lane)
      on({ kind: 'jobs-taken', run, lane })
    }
    if (lanes.length === 0) return
    const workers = await registry.list()
    for (const { lane, forMs } of lanes) {
      const why = whyUntaken({ account, lane }, workers)
      if (told.get(lane) === why) continue
      told.set(lane, why)
      on({ kind: 'jobs-untaken', run, lane, forMs, why })
    }
  }
}
