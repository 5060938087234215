import type { Broker } from '../broker/broker.ts'
import { batchJobId, earlierLaneQueues, laneQueueName } from '../broker/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'

export interface OpenJobs {
  readonly run: string
  readonly account: string
  readonly broker: Broker
  readonly ledger: Pick<Ledger, 'openBatches'>
}

/** Takes the jobs of a run that nobody works on off the queues; those in hand stay. */
export async function removeJobs(jobs: OpenJobs): Promise<void> {
  await removeFrom(jobs, (lane) => [laneQueueName(jobs.account, lane), ...earlierLaneQueues(jobs.account, lane)])
}

/** Those alone that an earlier version of rollcall wrote: their rows go out again, in jobs that can be read. */
export async function removeEarlierJobs(jobs: OpenJobs): Promise<void> {
  await removeFrom(jobs, (lane) => earlierLaneQueues(jobs.account, lane))
}

async function removeFrom(
  { run, broker, ledger }: OpenJobs,
  queuesOf: (lane: string) => readonly string[],
): Promise<void> {
  for (const { lane, batch } of ledger.openBatches()) {
    for (const name of queuesOf(lane)) await broker.queue(name).remove(batchJobId(run, lane, batch))
  }
}
