import type { Broker } from '../broker/broker.ts'
import { type BatchJob, batchJobId, laneQueueName } from '../broker/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'

/**
 * Goes through the batches that an earlier session left open: calls back the jobs that workers put aside when the run
 * was paused or halted, and returns the ids of those that the broker does not have.
 */
export async function recallParked(options: {
  readonly run: string
  readonly account: string
  readonly broker: Broker
  readonly ledger: Ledger
}): Promise<readonly string[]> {
  const { run, account, broker, ledger } = options
  const missing: string[] = []
  for (const { lane, batch } of ledger.openBatches()) {
    const id = batchJobId(run, lane, batch)
    const job = await broker.queue<BatchJob>(laneQueueName(account, lane)).getJob(id)
    if (job === undefined) missing.push(id)
    else if (job.data.parked === true && (await job.isDelayed())) await job.promote()
  }
  return missing
}
