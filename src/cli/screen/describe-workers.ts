import type { WorkersAndQueues } from '../../app/workers/list-workers.ts'
import { describeDuration, formatBytes, formatCount } from '../../words.ts'
import type { Line } from './span.ts'
import { tableLines } from './table.ts'

/** Who works and what waits, for people. `now`: milliseconds since the epoch. */
export function describeWorkers(found: WorkersAndQueues, now = Date.now()): readonly Line[] {
  const { broker, queues, redis } = found
  return [
    ...workerLines(found, now),
    ...(queues.length === 0 ? [] : ['', ...tableLines([QUEUE_HEAD, ...queues.map(queueCells)])]),
    ...(redis === undefined ? [] : ['', redisLine(redis)]),
    ...(broker === 'embedded'
      ? ['', 'The embedded broker: each import is its own worker. REDIS_URL names a Redis for more.']
      : []),
  ]
}

const HEAD = ['WHERE', 'LANES', 'ACCOUNT', 'VERSION', 'FOR', 'WORKS ON']
const QUEUE_HEAD = ['QUEUE', 'WAITING', 'IN HAND', 'PUT BACK']

function workerLines({ workers, account }: WorkersAndQueues, now: number): readonly Line[] {
  if (workers.length === 0) {
    return ['Nobody works at the moment. Imports bring workers of their own; `rollcall worker` starts one that stays.']
  }
  return tableLines([
    HEAD,
    ...workers.map((worker) => [
      `${worker.host}, process ${worker.pid}`,
      worker.lanes.join(', '),
      `${worker.account} at ${worker.api}${worker.account === account ? ' (yours)' : ''}`,
      worker.version,
      describeDuration(now - worker.since),
      worker.run === undefined ? 'all runs of the account' : `run ${worker.run}, and others of the account`,
    ]),
  ])
}

function queueCells({ queue, waiting, active, delayed }: WorkersAndQueues['queues'][number]): readonly string[] {
  return [queue, formatCount(waiting), formatCount(active), formatCount(delayed)]
}

function redisLine({ version, usedBytes, maxBytes }: NonNullable<WorkersAndQueues['redis']>): string {
  const most = maxBytes === undefined ? '' : ` of ${formatBytes(maxBytes)}`
  return `Redis ${version}: ${formatBytes(usedBytes)} used${most}.`
}
