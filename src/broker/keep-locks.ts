import type { Job, Worker } from 'bullmq'
import type { Process } from './broker.ts'
import { workerOptions } from './job-options.ts'

/**
 * A worker whose jobs keep their locks while they are in hand. BullMQ's own renewal goes by the wall clock, and renews none
 * while a clock that was put back catches up; then another worker takes the jobs over.
 * `open`: makes the worker of the process that it is given.
 */
export function keepLocks<Data>(
  process: Process<Data>,
  open: (process: Process<Data>) => Worker<Data, void, string>,
): Worker<Data, void, string> {
  const held = new Map<Job<Data, void, string>, string>()
  const worker = open(async (job, token = '') => {
    held.set(job, token)
    try {
      await process(job, token)
    } finally {
      held.delete(job)
    }
  })
  const renew = async () => {
    const ids = Array.from(held.keys(), ({ id }) => id ?? '')
    if (ids.length === 0) return
    const lost = await worker.extendJobLocks(ids, [...held.values()], workerOptions.lockDuration)
    for (const id of lost) worker.emit('error', new Error(`could not renew lock for job ${id}`))
  }
  const timer = setInterval(() => {
    renew().catch((error: Error) => worker.emit('error', error))
  }, RENEW_EVERY_MS)
  worker.on('closed', () => clearInterval(timer))
  return worker
}

/** Twice in the life of a lock, and a little to spare. */
const RENEW_EVERY_MS = 3_000
