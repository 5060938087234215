import type { Queue, Worker } from 'bullmq'

/** Jobs that were put back for a while, and when that is over, by a clock that is the same for all who ask. */
export interface Delays {
  add(queue: string, job: string, afterMs: number): Promise<void>
  /** Those whose time has come. They are told again until they are removed. */
  due(queue: string): Promise<readonly Due[]>
  /** Unless the job has been put back again since: somebody may have taken it and done so by the time it is called back. */
  remove(queue: string, due: Due): Promise<void>
}

/** A job, and when its time came: by whichever clock it is, as that writes it. */
export interface Due {
  readonly job: string
  readonly at: string
}

/**
 * Calls back the jobs of a queue whose time has come, for as long as the worker is open. BullMQ would do so by the clock
 * of whoever asks for a job, which may be wrong; so it has them lie for a year, and the delays are kept beside it.
 */
export function promoteDue(worker: Worker, queue: Queue, { delays }: { readonly delays: Delays }): void {
  let looking = false
  const look = async () => {
    if (looking) return
    looking = true
    try {
      for (const due of await delays.due(queue.name)) await promote(due, queue, delays)
    } catch (error) {
      worker.emit('error', error instanceof Error ? error : new Error(String(error)))
    } finally {
      looking = false
    }
  }
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  worker.on('closed', () => clearInterval(timer))
}

async function promote(due: Due, queue: Queue, delays: Delays): Promise<void> {
  try {
    await queue.getBackend().promote(due.job)
  } catch {
    // It is still in the hands of whoever puts it back, or was a moment ago; else it was called back by another, or is gone.
    const state = await queue.getJobState(due.job)
    if (state === 'active' || state === 'delayed') return
  }
  await delays.remove(queue.name, due)
}

const LOOK_EVERY_MS = 200

/** When BullMQ itself would call back a job that is put back, whatever the clocks say: never. */
export function farOff(): number {
  return Date.now() + 365 * 24 * 60 * 60 * 1000
}
