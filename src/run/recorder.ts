import { setTimeout as delay } from 'node:timers/promises'
import type { Broker } from '../broker/broker.ts'
import { DamagedJob, findDamagedJobs } from '../broker/damaged-jobs.ts'
import { type Notice, type OutcomesJob, isOutcomesJob, outcomesQueueName } from '../broker/jobs.ts'
import type { Ledger, LedgerWrite } from '../ledger/ledger.ts'
import type { Outcome } from '../model.ts'
import { eventOf } from './event-of.ts'

export interface RecorderOptions {
  readonly run: string
  readonly broker: Broker
  readonly ledger: Ledger
  /** Outcomes that the ledger has just taken. */
  readonly onRecorded: (outcomes: readonly Outcome[]) => void
  /** `job`: the id of what it came in. */
  readonly onNotice: (notice: Notice, job: string) => void
  /** The ledger cannot be written: nothing more can be recorded. */
  readonly onFault: (error: unknown) => void
  readonly onError: (error: Error) => void
}

export interface Recorder {
  /** Resolves when no outcome waits on the run's queue, or is held by a recorder that died. */
  readonly drained: (signal: AbortSignal) => Promise<void>
  /** Whether outcomes wait to be recorded at this moment. */
  readonly busy: () => Promise<boolean>
  /** Looks for answers of which Redis keeps nothing that can be read: they would stay for ever. */
  readonly throwAway: () => Promise<void>
  readonly close: () => Promise<void>
  /** Removes the run's outcomes queue from the broker: the run has ended. */
  readonly remove: () => Promise<void>
}

/** Outcomes jobs at a time: as many as may share one transaction. */
const CONCURRENCY = 64
/** Of each list, from the end at which jobs are taken. */
const FEW = 8
const LOOK_AGAIN_MS = 100
const LOOKS_UNTIL_DOUBT = 30
const GATHER_MS = 20

/** Takes outcomes off the run's queue into the ledger. A job leaves the queue only when the ledger has it for good. */
export function startRecorder(options: RecorderOptions): Recorder {
  const { run, broker, ledger, onRecorded, onNotice, onFault, onError } = options
  let waiting: { said: Pick<LedgerWrite, 'deliveries' | 'events'>; done: PromiseWithResolvers<void> }[] = []

  function commit(): void {
    const group = waiting
    waiting = []
    try {
      const deliveries = group.flatMap(({ said }) => said.deliveries ?? [])
      const events = group.flatMap(({ said }) => said.events ?? [])
      onRecorded(ledger.write({ deliveries, events }))
      for (const { done } of group) done.resolve()
    } catch (error) {
      for (const { done } of group) done.reject(error)
      onFault(error)
    }
  }

  const queue = broker.queue<OutcomesJob>(outcomesQueueName(run))
  const worker = broker.worker<OutcomesJob>(
    outcomesQueueName(run),
    ({ id = '', data }) => {
      if (!isOutcomesJob(data)) {
        onError(new DamagedJob(id))
        return Promise.resolve()
      }
      if (data.kind === 'notice') onNotice(data.notice, id)
      const done = Promise.withResolvers<void>()
      // Each transaction waits for the disk: one for all that comes within a moment.
      if (waiting.length === 0) setTimeout(commit, GATHER_MS)
      waiting.push({
        said: data.kind === 'notice' ? { events: eventOf(data.notice) } : { deliveries: [data.delivery] },
        done,
      })
      return done.promise
    },
    { concurrency: CONCURRENCY, onError },
  )
  const busy = async () =>
    Object.values(await queue.getJobCounts('waiting', 'active', 'delayed')).some((count) => count > 0)

  const damaged = findDamagedJobs(broker, isOutcomesJob)
  async function throwAway(): Promise<void> {
    if (broker.redis === undefined) return
    const active = await broker.redis.lrange(queue.toKey('active'), -FEW, -1)
    const queued = await broker.redis.lrange(queue.toKey('wait'), -FEW, -1)
    const next = [...active, ...queued].map((id) => ({ queue: outcomesQueueName(run), id }))
    for (const { id } of await damaged.look(next)) onError(new DamagedJob(id))
  }

  return {
    busy,
    throwAway,
    async drained(signal) {
      for (let looks = 1; await busy(); looks++) {
        if (looks % LOOKS_UNTIL_DOUBT === 0) await throwAway()
        await delay(LOOK_AGAIN_MS, undefined, { signal })
      }
    },
    close: () => worker.close(),
    remove: () => queue.obliterate({ force: true }),
  }
}
