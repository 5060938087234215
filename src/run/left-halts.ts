import type { Broker } from '../broker/broker.ts'
import { type OutcomesJob, outcomesQueueName } from '../broker/jobs.ts'

/**
 * The ids of what lies on a run's outcomes queue and says that it is to halt: told by workers elsewhere to a session that had
 * died. To be asked while the run is parked; the next session finds out for itself. On the embedded broker there are none
 * elsewhere.
 */
export async function leftHalts(broker: Broker, run: string): Promise<ReadonlySet<string>> {
  if (broker.kind === 'embedded') return new Set()
  const jobs = await broker.queue<OutcomesJob>(outcomesQueueName(run)).getJobs(['waiting', 'active', 'delayed'])
  return new Set(
    jobs.flatMap(({ id, data }) => (data.kind === 'notice' && data.notice.kind === 'halt' ? (id ?? []) : [])),
  )
}
