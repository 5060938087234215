import { type BatchJob, batchJobId, laneQueueName } from '../broker/jobs.ts'
import type { OpenJobs } from './remove-jobs.ts'

/**
 * Goes through the batches that an earlier session left open: calls back the jobs that workers put aside when the run
 * was paused or halted, and returns the ids of those that the broker does not have. `evenDelayed`: those as well that
 * were put back for a while, as on Redis a delay is forgotten after a week. What is not due yet is put back again.
 */
export async function recallJobs(
  { run, account, broker, ledger }: OpenJobs,
  { evenDelayed }: { readonly evenDelayed: boolean },
): Promise<readonly string[]> {
  const missing: string[] = []
  for (const { lane, batch } of ledger.openBatches()) {
    const id = batchJobId(run, lane, batch)
    const job = await broker.queue<BatchJob>(laneQueueName(account, lane)).getJob(id)
    if (job === undefined) missing.push(id)
    else if ((evenDelayed || job.data.parked === true) && (await job.isDelayed())) await promote(job)
  }
  return missing
}

interface Delayed {
  promote(): Promise<void>
  isDelayed(): Promise<boolean>
}

async function promote(job: Delayed): Promise<void> {
  try {
    await job.promote()
  } catch (error) {
    // It was called back in between, by a worker that saw that its time had come.
    if (await job.isDelayed()) throw error
  }
}
