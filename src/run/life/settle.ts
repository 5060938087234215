import { setTimeout as delay } from 'node:timers/promises'
import type { OpenRun } from './open-run.ts'

const PATIENCE_MS = 15_000
const WORKED_ON_POLL_MS = 200

/**
 * The fourth stage: nothing more is sent, here or elsewhere; the requests in flight end, and their answers are recorded.
 * A cancelled run's jobs are withdrawn, those of one that can go on stay parked.
 */
export async function settle(open: OpenRun): Promise<void> {
  const { options, ending, queue } = open
  const { run, broker, stopWorkers } = options
  const { state } = ending.end
  if (state === 'finished') {
    await stopWorkers()
    return
  }
  await broker.setRunState(run, state === 'cancelled' ? 'cancelled' : 'parked')
  await stopWorkers()
  if (state === 'cancelled') await queue.withdraw()
  if (!ending.isFaulty) await lastAnswers(open, AbortSignal.timeout(PATIENCE_MS)).catch(() => {})
}

/** Workers elsewhere, too, let the requests in flight end before they put a batch aside. */
async function lastAnswers({ queue, recorder }: OpenRun, patience: AbortSignal): Promise<void> {
  while (await queue.isWorkedOn()) await delay(WORKED_ON_POLL_MS, undefined, { signal: patience })
  await recorder.drained(patience)
}
