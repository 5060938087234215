import type { Broker } from '../src/broker/broker.ts'
import type { Client } from '../src/capillary/client.ts'
import type { LaneName } from '../src/model.ts'
import type { Lane } from './lane.ts'
import { type LaneWorker, startLaneWorker } from './lane-worker.ts'
import { linkLane } from './lanes/link.ts'
import { registerLane } from './lanes/register.ts'

export const lanes: Readonly<Record<LaneName, Lane>> = { register: registerLane, link: linkLane }

export interface WorkersOptions {
  readonly broker: Broker
  readonly client: Client
  readonly account: string
  readonly lanes: readonly LaneName[]
  /** Requests per minute, where they are known beforehand; jobs bring their run's own. */
  readonly limits: Partial<Record<LaneName, number>>
  readonly minuteMs: number
  readonly onError: (error: Error) => void
}

/** Works on lanes in this process. */
export function startWorkers(options: WorkersOptions): LaneWorker {
  const workers = options.lanes.map((name) => {
    const lane = lanes[name]
    return startLaneWorker({ ...options, lane, concurrency: jobsAtATime(lane, options.limits[name]) })
  })
  return {
    async close() {
      await Promise.all(workers.map((worker) => worker.close()))
    },
  }
}

/** A reply that takes as long as this must not lower the pace. */
const SLOW_REPLY_MS = 4_000
const REQUESTS_AT_A_TIME = { least: 4, most: 128, unlimited: 16 }
/** A job of many requests sends them side by side, and the next job must be at hand while its last replies come. */
const JOBS_OF_MANY_REQUESTS = 3

function jobsAtATime(lane: Lane, rpm: number | undefined): number {
  if (lane.rowsPerRequest === 1) return JOBS_OF_MANY_REQUESTS
  if (rpm === undefined) return REQUESTS_AT_A_TIME.unlimited
  const needed = Math.ceil((rpm / 60_000) * SLOW_REPLY_MS)
  return Math.min(Math.max(needed, REQUESTS_AT_A_TIME.least), REQUESTS_AT_A_TIME.most)
}
