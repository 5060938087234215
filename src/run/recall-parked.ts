import type { Broker } from '../broker/broker.ts'
import { type BatchJob, batchJobId, laneQueueName } from '../broker/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'

/** Calls back the jobs that workers put aside when the run was paused or halted. */
export async function recallParked(options: {
  readonly run: string
  readonly account: string
  readonly broker: Broker
  readonly ledger: Ledger
}): Promise<void> {
  const { run, account, broker, ledger } = options
  for (const { lane, batch } of ledger.openBatches()) {
    const job = await broker.queue<BatchJob>(laneQueueName(account, lane)).getJob(batchJobId(run, lane, batch))
    if (job?.data.parked === true && (await job.isDelayed())) await job.promote()
  }
}
