import type { Broker } from '../src/broker/broker.ts'
import type { Client } from '../src/capillary/client.ts'
import type { LaneName } from '../src/model.ts'
import type { Lane } from './lane.ts'
import { type LaneWorker, startLaneWorker } from './lane-worker.ts'
import { balanceLane } from './lanes/balance.ts'
import { linkLane } from './lanes/link.ts'
import { registerLane } from './lanes/register.ts'

export const lanes: Readonly<Record<LaneName, Lane>> = { register: registerLane, link: linkLane, balance: balanceLane }

export interface WorkersOptions {
  readonly broker: Broker
  readonly client: Client
  readonly account: string
  readonly lanes: readonly LaneName[]
  readonly minuteMs: number
  readonly onError: (error: Error) => void
}

/** Works on lanes in this process. */
export function startWorkers(options: WorkersOptions): LaneWorker {
  const workers = options.lanes.map((name) => startLaneWorker({ ...options, lane: lanes[name] }))
  return {
    async close() {
      await Promise.all(workers.map((worker) => worker.close()))
    },
  }
}
