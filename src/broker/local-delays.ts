import type { Delays } from './promote-due.ts'

/** Delays of a broker that lives in this process, by a clock that only goes forward. */
export function localDelays(): Delays {
  const queues = new Map<string, Map<string, number>>()
  return {
    add(queue, job, afterMs) {
      const jobs = queues.get(queue) ?? new Map<string, number>()
      queues.set(queue, jobs.set(job, performance.now() + afterMs))
      return Promise.resolve()
    },
    due(queue) {
      const now = performance.now()
      const jobs = [...(queues.get(queue) ?? [])]
      return Promise.resolve(jobs.flatMap(([job, at]) => (at <= now ? [{ job, at: String(at) }] : [])))
    },
    remove(queue, { job, at }) {
      const jobs = queues.get(queue)
      if (String(jobs?.get(job)) === at) jobs?.delete(job)
      return Promise.resolve()
    },
  }
}
