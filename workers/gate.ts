import type { BatchJob, Notice } from '../src/broker/jobs.ts'
import type { RunState } from '../src/broker/broker.ts'
import type { Pacer } from '../src/pace/pacer.ts'
import type { LaneHealth } from './lane-health.ts'

/** `go`: send one request now. `stop`: the worker is closing. `park`: the run is paused. `drop`: it was cancelled. */
export type Passage = 'go' | 'stop' | 'park' | 'drop'

export interface GateTools {
  readonly pacer: Pacer
  readonly health: LaneHealth
  readonly signal: AbortSignal
  readonly runState: (run: string) => Promise<RunState>
  readonly tell: (run: string, notice: Notice) => Promise<void>
}

/** Lets a request through when its run goes on, its host answers, and the lane has a slot. */
export async function pass({ run, lane, settings }: BatchJob, tools: GateTools): Promise<Passage> {
  const { health, pacer, runState, signal, tell } = tools
  pacer.setLimit(settings.rpm)
  while (true) {
    if (signal.aborted) return 'stop'
    const state = await runState(run)
    if (state !== 'running') return state === 'cancelled' ? 'drop' : 'park'
    const downSince = health.downSince()
    if (downSince !== undefined && Date.now() - downSince >= settings.outageMs) {
      await tell(run, outageHalt(lane, downSince))
      return 'park'
    }
    try {
      // A while at a time: the run may be paused, or lose its patience, while the host is away.
      if (!(await health.clear(signal, LOOK_AGAIN_MS))) continue
      await pacer.slot(signal)
      return 'go'
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }
}

const LOOK_AGAIN_MS = 500

function outageHalt(lane: BatchJob['lane'], since: number): Notice {
  return {
    kind: 'halt',
    lane,
    reason: `The host has not answered on the ${lane} lane since ${new Date(since).toISOString()}.`,
    remedy: 'Find out why it does not answer, then resume the run.',
  }
}
