import type { Process } from './broker.ts'

/**
 * Does nothing with a job of which Redis has kept no more than the id, as where it evicts keys while its memory is full:
 * it leaves the queue then, and whoever waits for it finds that it is lost.
 */
export function unlessHollow<Data>(process: Process<Data>): Process<Data> {
  return async (job, token) => {
    const name = job.name as string | undefined
    if (name !== undefined) await process(job, token)
  }
}
