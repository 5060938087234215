import { awaitLastAnswers } from '../last-answers.ts'
import type { OpenRun } from './open-run.ts'

/**
 * The fourth stage: nothing more is sent, here or elsewhere; the requests in flight end, and their answers are recorded.
 * A cancelled run's jobs are withdrawn, those of one that can go on stay parked.
 */
export async function settle({ options, ending, queue, recorder }: OpenRun): Promise<void> {
  const { run, broker, stopWorkers } = options
  const { state } = ending.end
  if (state === 'finished') {
    await stopWorkers()
    return
  }
  await broker.setRunState(run, state === 'cancelled' ? 'cancelled' : 'parked')
  await stopWorkers()
  if (state === 'cancelled') await queue.withdraw()
  if (!ending.isFaulty) await awaitLastAnswers(options, recorder).catch(() => {})
}
