import type { Broker } from '../../broker/broker.ts'
import type { Sync } from '../../sync/load-sync.ts'
import { isCompleted, lastClaimedTime, timeState } from '../../sync/due-times.ts'
import { openStore } from '../../sync/store.ts'
import { type Schedule, nextTime } from '../../sync/times.ts'
import type { Listener } from '../events.ts'
import { reportBrokerErrors } from '../session/broker-errors.ts'

/** What a job of a sync's queue carries: nothing where BullMQ made it, whose id has the time. */
interface TimeJob {
  readonly due?: number
}

export type ScheduledSync = Sync & { readonly schedule: Schedule }

export interface SchedulerOptions {
  readonly broker: Broker
  readonly home: string
  readonly syncs: readonly ScheduledSync[]
  /** Does what is due at that time; rejects where it should be tried again. */
  readonly onDue: (sync: ScheduledSync, due: number) => Promise<void>
  readonly on: Listener
}

/** Times of one sync under way at once; what overlaps, the sync's file decides. */
const CONCURRENCY = 10
const LOOK_EVERY_MS = 5_000
/** A time so far behind that has no job was lost on its way to the next. */
const LOST_AFTER_MS = 30_000

/**
 * Keeps the times of syncs by BullMQ's job schedulers, one for each sync: however many processes do this on one Redis,
 * each time is one job, which one of them takes; if it dies, another does. What was due while nobody was there is still
 * on the queue. A schedule that is the same is left alone, because setting it anew drops the time that waits.
 */
export async function startScheduler(options: SchedulerOptions): Promise<{ close(): Promise<void> }> {
  const { broker, syncs, onDue, on } = options
  const onError = reportBrokerErrors(on)
  for (const sync of syncs) await ensureSchedule(sync, options)
  const workers = syncs.map((sync) =>
    broker.worker<TimeJob>(
      queueName(sync),
      async ({ id, data }) => {
        const due = data.due ?? Number(id?.slice(id.lastIndexOf(':') + 1))
        on({ kind: 'sync-due', sync: sync.name, due })
        await onDue(sync, due)
      },
      { concurrency: CONCURRENCY, onError },
    ),
  )
  let looking: Promise<void> | undefined
  const look = async () => {
    for (const sync of syncs) await ensureSchedule(sync, options).catch(onError)
  }
  const timer = setInterval(() => {
    looking ??= look().finally(() => (looking = undefined))
  }, LOOK_EVERY_MS)
  return {
    async close() {
      clearInterval(timer)
      await looking
      await Promise.all(workers.map((worker) => worker.close()))
    },
  }
}

/** Sets the schedule where it is missing, another one, or astray; then also what was due since the last time. */
async function ensureSchedule(sync: ScheduledSync, { broker, home, on }: SchedulerOptions): Promise<void> {
  const { name, schedule } = sync
  const queue = broker.queue<TimeJob>(queueName(sync))
  const known = await queue.getJobScheduler(name)
  const same = known?.pattern === schedule.cron && known.tz === schedule.zone
  const next = known?.next ?? 0
  const stateOf = (time: number) => queue.getJobState(`repeat:${name}:${time}`)
  const isAstray = async () => isDone(home, name, next) || (isLate(next) && (await stateOf(next)) === 'unknown')
  if (same && (next > Date.now() || !(await isAstray()))) return
  await queue.upsertJobScheduler(name, { pattern: schedule.cron, tz: schedule.zone }, { name: 'due', data: {} })
  on({ kind: 'sync-scheduled', sync: name, ...schedule, next: nextTime(schedule, Date.now()) })
  const store = openStore(home, name)
  const last = lastClaimedTime(store)
  store.close()
  const due = last === undefined ? undefined : nextTime(schedule, last)
  // Under another schedule nothing was missed: the times since were not this one's.
  if (due === undefined || due > Date.now() || (known !== undefined && !same)) return
  await queue.add('due', { due }, { jobId: `late-${name}-${due}` })
}

function isLate(time: number): boolean {
  return time < Date.now() - LOST_AFTER_MS
}

/** Whether the time that waits was done with by others: its job, late, would keep those after it from being made. */
function isDone(home: string, name: string, due: number): boolean {
  const store = openStore(home, name)
  try {
    return isCompleted(timeState(store, due))
  } finally {
    store.close()
  }
}

function queueName({ name }: Sync): string {
  return `sync-${name}`
}
