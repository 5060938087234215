import type { OpenRun } from './open-run.ts'

/** The last stage: nothing more is recorded, and a run that is over leaves nothing on the broker. */
export async function close({ options, ending, recorder }: OpenRun): Promise<void> {
  const { run, broker } = options
  const { state } = ending.end
  await recorder.close()
  if (state === 'finished' || state === 'cancelled') await recorder.remove()
  // The word of a cancelled run stays: a worker elsewhere may still have a batch of it in hand.
  if (state === 'finished') await broker.setRunState(run, 'running')
}
