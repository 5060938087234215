import { recallJobs } from '../recall-jobs.ts'
import { removeEarlierJobs } from '../remove-jobs.ts'
import type { OpenRun } from './open-run.ts'

/**
 * The second stage: what an earlier session was answered is recorded before anything goes out, so that no row is sent
 * again that has its outcome; then what it had in flight is called back, or dispatched again where it is lost.
 */
export async function drain({ options, ending: { signal }, queue, recorder, lastKnown }: OpenRun): Promise<void> {
  await recorder.drained(signal)
  if (lastKnown === 0) return
  await removeEarlierJobs(options)
  const missing = await recallJobs(options, { evenDelayed: true })
  // A job that has left the broker is either lost, or was finished meanwhile: then its answers are here by now.
  await recorder.drained(signal)
  queue.markLost(missing)
}
