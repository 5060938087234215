import type { Broker } from '../src/broker/broker.ts'
import type { Client } from '../src/capillary/client.ts'
import { laneNamed } from '../src/lanes/lanes.ts'
import type { LaneName } from '../src/model.ts'
import { type LaneWorker, startLaneWorker } from './lane-worker.ts'
import type { WorkListener } from './work-event.ts'

export interface WorkersOptions {
  readonly broker: Broker
  readonly client: Client
  readonly account: string
  readonly lanes: readonly LaneName[]
  readonly minuteMs: number
  readonly onError: (error: Error) => void
  /** Hears what is done, as it is done. */
  readonly onWork: WorkListener
}

/** Works on lanes in this process. */
export function startWorkers(options: WorkersOptions): LaneWorker {
  const workers = options.lanes.map((name) => startLaneWorker({ ...options, lane: laneNamed(name) }))
  return {
    async close() {
      await Promise.all(workers.map((worker) => worker.close()))
    },
  }
}
