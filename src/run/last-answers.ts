import { setTimeout as delay } from 'node:timers/promises'
import { type BatchJob, batchJobId, laneQueueName } from '../broker/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { Ending } from './life/ending.ts'
import { type Recorder, startRecorder } from './recorder.ts'
import type { OpenJobs } from './remove-jobs.ts'

const PATIENCE_MS = 15_000
const LOOK_AGAIN_MS = 200

/**
 * Records what workers elsewhere were answered for a run on which no session is at work, and leaves nothing of it on the
 * broker: to be called when nothing more of it is to be sent.
 */
export async function recordLastAnswers(jobs: OpenJobs & { readonly ledger: Ledger }): Promise<void> {
  const ending = new Ending()
  const recorder = startRecorder({
    ...jobs,
    onRecorded() {},
    onNotice() {},
    onFault: (error) => ending.fail(error),
    onError() {},
  })
  try {
    await awaitLastAnswers(jobs, recorder, ending.signal)
  } finally {
    await recorder.close()
  }
  ending.throwFault()
  await recorder.remove()
}

/**
 * Waits, for a while, until the requests in flight have ended, as workers elsewhere let them before they put a batch aside,
 * and their answers are recorded; or until `gone` aborts.
 */
export async function awaitLastAnswers(
  jobs: OpenJobs,
  recorder: Pick<Recorder, 'drained'>,
  gone: AbortSignal = new AbortController().signal,
): Promise<void> {
  const patience = AbortSignal.any([gone, AbortSignal.timeout(PATIENCE_MS)])
  try {
    while (await isWorkedOn(jobs)) await delay(LOOK_AGAIN_MS, undefined, { signal: patience })
    await recorder.drained(patience)
  } catch (error) {
    if (!patience.aborted) throw error
  }
}

/** Whether a worker, here or elsewhere, has a batch of the run in hand. */
async function isWorkedOn({ run, account, broker, ledger }: OpenJobs): Promise<boolean> {
  for (const { lane, batch } of ledger.openBatches()) {
    const queue = broker.queue<BatchJob>(laneQueueName(account, lane))
    if ((await queue.getJobState(batchJobId(run, lane, batch))) === 'active') return true
  }
  return false
}
