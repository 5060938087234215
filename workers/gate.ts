import type { BatchJob, BatchSettings, Notice } from '../src/broker/jobs.ts'
import type { RunState } from '../src/broker/broker.ts'
import type { Pacer } from '../src/pace/pacer.ts'
import type { Clearance, LaneHealth } from './lane-health.ts'

/** `go`: send one request now. `stop`: the worker is closing. `park`: the run is paused. `drop`: it was cancelled. */
export type Passage = 'go' | 'stop' | 'park' | 'drop'

export interface GateTools {
  readonly pacer: Pacer
  readonly health: LaneHealth
  readonly signal: AbortSignal
  readonly runState: (run: string) => Promise<RunState>
  readonly notify: (run: string, notice: Notice) => Promise<void>
}

/** Whose request it is, and the limit that it counts against. */
export type Passing = Pick<BatchJob, 'run' | 'lane'> & { readonly settings: Pick<BatchSettings, 'rpm' | 'outageMs'> }

/**
 * Lets a request through when its run goes on, its host answers, and the lane has a slot. Slots may be a while in
 * coming, so the rest is looked at again when one has come; a slot that is not used then is lost.
 */
export async function pass({ run, lane, settings }: Passing, tools: GateTools): Promise<Passage> {
  const { health, pacer, runState, signal, notify } = tools
  let clearance: Clearance | undefined
  while (true) {
    if (signal.aborted) return 'stop'
    const state = await runState(run)
    if (state !== 'running') return state === 'cancelled' ? 'drop' : 'park'
    const downSince = health.downSince()
    if (downSince !== undefined && Date.now() - downSince >= settings.outageMs) {
      await notify(run, outageHalt(lane, downSince))
      return 'park'
    }
    if (clearance === 'probe' || (clearance === 'open' && downSince === undefined)) return 'go'
    try {
      // A while at a time: the run may be paused, or lose its patience, while the host is away.
      clearance = await health.clear(signal, LOOK_AGAIN_MS)
      if (clearance !== 'wait') await pacer.slot(settings.rpm, signal)
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
    outage: true,
  }
}
