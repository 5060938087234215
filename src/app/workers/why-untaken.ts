import { JOB_FORM } from '../../broker/jobs.ts'
import type { WorkerAtWork, WorkerEntry } from '../../broker/worker-registry.ts'
import type { LaneName } from '../../model.ts'
import { version } from '../../version.ts'

export interface UntakenJobs {
  readonly account: string
  readonly lane: LaneName
}

/** Why nobody may have taken the jobs of a run on a lane, by who works on its Redis; and what to do, in sentences. */
export function whyUntaken({ account, lane }: UntakenJobs, workers: readonly WorkerAtWork[]): string {
  const ofAccount = workers.filter((worker) => worker.account === account)
  const onLane = ofAccount.filter(({ lanes }) => lanes.includes(lane))
  const reading = onLane.filter(({ form }) => form === JOB_FORM)
  if (onLane.length > 0 && reading.length === 0) {
    return `Those that work on it are of a version that cannot read its jobs: ${where(onLane, (other) => `rollcall ${other.version}`)}. Start workers of this one, ${version}.`
  }
  if (reading.length > 0) {
    return `Those that work on it have other jobs in hand, or hang: ${where(reading)}.`
  }
  if (ofAccount.length > 0) {
    return `Those that work for the account are on other lanes: ${where(ofAccount, ({ lanes }) => lanes.join(', '))}. Start a \`rollcall worker\` for this one.`
  }
  if (workers.length > 0) {
    return `Those that work on this Redis do so for other accounts: ${where(workers, ({ api }) => `for ${api}`)}. Start a \`rollcall worker\` with this ROLLCALL_BASE_URL and this key or username.`
  }
  return 'Nobody works on this Redis: start a `rollcall worker` with this REDIS_URL (its database, too), ROLLCALL_BASE_URL and key or username.'
}

const MOST_NAMED = 3

function where(workers: readonly WorkerEntry[], more?: (worker: WorkerEntry) => string): string {
  const named = workers.slice(0, MOST_NAMED).map((worker) => {
    const place = `process ${worker.pid} on ${worker.host}`
    return more === undefined ? place : `${place} (${more(worker)})`
  })
  const others = workers.length - named.length
  return [...named, ...(others > 0 ? [`${others} more`] : [])].join(', ')
}
