import { join } from 'node:path'
import { once } from 'node:events'
import { UsageError } from '../../model.ts'
import type { Sync } from '../../sync/load-sync.ts'
import type { Context } from '../context.ts'
import { openWatchedBroker } from '../session/open-watched-broker.ts'
import { readSync } from '../sync/read-sync.ts'
import { type ScheduledSync, startScheduler } from './start-scheduler.ts'

export interface SchedulerRequest {
  /** The paths of the syncs' files. */
  readonly files: readonly string[]
  /** Does what is due of a sync at that time (milliseconds since the epoch); rejects where it should be tried again. */
  readonly onDue: (sync: Sync, due: number) => Promise<void>
}

/** Keeps the times of syncs until it is stopped. Throws a UsageError where a sync has no schedule, or two have one name. */
export async function runScheduler({ files, onDue }: SchedulerRequest, context: Context): Promise<void> {
  const { environment, on, signal } = context
  const { home, redisUrl } = environment
  const syncs = files.map((file) => withSchedule(readSync(file)))
  const twice = syncs.find(({ name }, at) => syncs.findIndex((sync) => sync.name === name) !== at)
  if (twice !== undefined) throw new UsageError(`Two of the syncs are called ${twice.name}: give each its \`name\`.`)
  await using open = new AsyncDisposableStack()
  // The embedded broker serves one process: the scheduler has one of its own, and leaves the other to the imports.
  const folder = redisUrl === undefined ? join(home, 'scheduler') : home
  const { broker } = open.use(await openWatchedBroker({ redisUrl, home: folder }, context))
  open.adopt(await startScheduler({ broker, home, syncs, onDue, on }), (times) => times.close())
  on({ kind: 'scheduler-started', syncs: syncs.map(({ name }) => name) })
  if (!signal.aborted) await once(signal, 'abort')
}

function withSchedule(sync: Sync): ScheduledSync {
  const { schedule: times, file } = sync
  if (times !== undefined) return { ...sync, schedule: times }
  throw new UsageError(
    `${file} has no \`schedule\`: add one, as in \`schedule: { cron: "30 2 * * *", zone: Europe/Berlin }\`.`,
  )
}
