import { DelayedError, type Job } from 'bullmq'
import type { Broker, HeldField } from '../src/broker/broker.ts'
import {
  type BatchJob,
  type BatchSettings,
  type Delivery,
  type Notice,
  type OutcomesJob,
  laneQueueName,
  outcomesQueueName,
  readMarks,
} from '../src/broker/jobs.ts'
import { laneTurns } from '../src/broker/turns.ts'
import type { ApiRequest, Exchange } from '../src/capillary/exchange.ts'
import type { Client } from '../src/capillary/client.ts'
import type { Lane } from '../src/lanes/lane.ts'
import type { LaneName } from '../src/model.ts'
import { batchSizes } from '../src/pace/batch-sizes.ts'
import { laneSlots } from '../src/pace/lane-slots.ts'
import { withCleanAnswers } from './clean-answers.ts'
import { createLateness } from '../src/pace/lateness.ts'
import { type Pacer, createPacer } from '../src/pace/pacer.ts'
import { deliverBatch } from './deliver-batch.ts'
import { HeldBatch, type StoredBatch } from './held-batch.ts'
import { SUPPOSED_REPLY_MS, jobsAtATime, nextReplyMs } from './jobs-at-a-time.ts'
import { type HealthChange, createLaneHealth } from './lane-health.ts'
import { watchSilence } from './lane-silence.ts'
import { outageNews } from './outage-news.ts'
import { runPatience } from './run-patience.ts'
import { cachedRunState } from './run-states.ts'
import type { WorkListener } from './work-event.ts'

export interface LaneWorkerOptions {
  readonly broker: Broker
  readonly client: Client
  readonly account: string
  readonly lane: Lane
  /** The time that the API's limits count requests in, in milliseconds. */
  readonly minuteMs: number
  /** Faults of ours or of the broker's; the job comes back. */
  readonly onError: (error: Error) => void
  /** Hears what is done, as it is done. */
  readonly onWork: WorkListener
}

export interface LaneWorker {
  /** Lets the requests in flight end, hands the rest back, and closes. May be called twice. */
  close(): Promise<void>
}

/** Pulls the jobs of one lane and delivers them, at the lane's pace. */
export function startLaneWorker(options: LaneWorkerOptions): LaneWorker {
  const { broker, client, account, minuteMs, onError, onWork: tell } = options
  const lane = withCleanAnswers(options.lane, client.conceal)
  const stop = new AbortController()
  const leave = new AbortController()
  const held = new Map<string | undefined, HeldJob>()
  const notify = (run: string, notice: Notice) => publishNotice(broker, run, notice)
  const pacers = new Map<LaneName, Pacer>()
  const pacerOf = (name: LaneName): Pacer => {
    const pacer = pacers.get(name) ?? createPacer(laneSlots(broker, account, name), minuteMs)
    pacers.set(name, pacer)
    return pacer
  }
  const sizes = batchSizes(broker, account)
  const runsHeld = () => new Set(Array.from(held.values(), (job) => job.run))
  const tellRuns = (notice: Notice) => {
    for (const run of runsHeld()) notify(run, notice).catch(onError)
  }
  const outage = outageNews((run, change) => void notify(run, healthNotice(lane.name, change)).catch(onError))
  const silence = watchSilence({
    tokenAskedAt: client.tokenAskedAt,
    onSilent: ({ forMs, token }) => tellRuns({ kind: 'silent', lane: lane.name, since: Date.now() - forMs, token }),
  })
  const tools = {
    lane,
    pacer: pacerOf(lane.name),
    pacerOf,
    batchSizes: sizes,
    health: createLaneHealth((change) => {
      tell({ kind: 'lane-health', lane: lane.name, up: !change.down })
      outage.changed(change, runsHeld())
    }),
    patience: runPatience(),
    signal: stop.signal,
    runState: cachedRunState(broker),
    notify,
    account: client,
    latenessOf: createLateness(),
    heard: new WeakSet<Exchange>(),
    tell,
    async send(request: ApiRequest) {
      const exchange = await silence.watch(client.send(request, { signal: leave.signal }))
      replyMs = nextReplyMs(replyMs, exchange.latencyMs)
      return exchange
    },
  }
  let replyMs = SUPPOSED_REPLY_MS
  let requestsPerJob = 1
  const queueName = laneQueueName(account, lane.name)
  const turns = laneTurns(broker)
  const worker = broker.worker<BatchJob>(
    queueName,
    async (job, token) => {
      if (lane.step !== undefined) await sizes.refresh()
      const requests = Math.ceil(job.data.rows.length / (sizes.most(lane.name) ?? lane.rowsPerRequest))
      held.set(job.id, { run: job.data.run, requests, openRows: () => job.data.rows.length })
      // The largest so far is a whole one.
      requestsPerJob = Math.max(requestsPerJob, requests)
      takeEnough(job.data.settings)
      try {
        await workOn(job, token)
      } finally {
        held.delete(job.id)
        takeEnough(job.data.settings)
        tellLoad()
      }
    },
    { concurrency: FIRST_JOBS, putsBack: true, onError },
  )

  /** BullMQ looks at it whenever a job was taken or has ended. */
  function takeEnough({ rpm }: BatchSettings): void {
    const requests = Array.from(held.values(), (job) => job.requests).reduce((sum, count) => sum + count, 0)
    const demand = { rpm, minuteMs, replyMs, requestsPerJob, held: { jobs: held.size, requests } }
    worker.concurrency = jobsAtATime(demand)
  }

  function tellLoad(): void {
    const rows = Array.from(held.values(), ({ openRows }) => openRows()).reduce((sum, count) => sum + count, 0)
    tell({ kind: 'lane-load', lane: lane.name, rows })
  }

  async function publish(run: string, delivery: Delivery): Promise<void> {
    await publishDelivery(broker, run, delivery)
    for (const { lane: name, result } of delivery.outcomes) tell({ kind: 'row-answered', lane: name, result })
    tellLoad()
  }

  async function workOn(job: Job<BatchJob, void, string>, token = ''): Promise<void> {
    await turns?.began(queueName, job.priority)
    const lost = new AbortController()
    const { run, lane: name, batch: number, pass } = job.data
    const batch = await HeldBatch.take(stored(job, { broker, token, onLost: () => lost.abort() }), (delivery) =>
      publish(run, delivery),
    )
    const holding = held.get(job.id)
    if (holding !== undefined) held.set(job.id, { ...holding, openRows: () => batch.openRows })
    // It came back from an old snapshot. The run misses it, and dispatches again what is open of it.
    if (job.data.generation !== (await broker.generation())) return
    // A job that is no longer ours gives up its place in the line: each row would use up a slot for nothing.
    const signal = AbortSignal.any([stop.signal, lost.signal])
    tellLimits(job.data.settings)
    tellLoad()
    // What is remembered of a lane that nobody used for a while is forgotten first.
    tools.health.standstill()
    outage.taken(run)
    const from = Date.now()
    const end = await deliverBatch(batch, { ...tools, signal })
    tell({ kind: 'batch-passed', run, batch: { lane: name, batch: number, pass }, from, until: Date.now() })
    if (end.kind === 'parked') outage.parked(run)
    if (end.kind === 'done' || lost.signal.aborted) return
    // A parked job waits for its run to go on, which then calls it back.
    await broker.putBack(job, token, end.kind === 'parked' ? undefined : end.afterMs)
    throw new DelayedError()
  }

  function tellLimits({ rpm, otherRpm = {} }: BatchSettings): void {
    tell({ kind: 'lane-limit', lane: lane.name, rpm })
    for (const [name, other] of Object.entries(otherRpm)) tell({ kind: 'lane-limit', lane: name, rpm: other })
  }

  tell({ kind: 'lane-health', lane: lane.name, up: true })
  return {
    async close() {
      stop.abort()
      silence.close()
      // A request whose reply was not awaited may have been carried out, and its rows say so.
      const leaving = setTimeout(() => leave.abort(), STOPPED_REPLY_MS)
      await worker.close().finally(() => clearTimeout(leaving))
    },
  }
}

/** Until the first of them tells how many more there may be. */
const FIRST_JOBS = 3

/** Who stops waits for replies so long at most: a host that hangs would have a minute. */
const STOPPED_REPLY_MS = 10_000

interface HeldJob {
  readonly run: string
  readonly requests: number
  readonly openRows: () => number
}

interface Holding {
  readonly broker: Broker
  readonly token: string
  /** Called when it turns out that the job is no longer ours. */
  readonly onLost: () => void
}

function stored(job: Job<BatchJob, void, string>, { broker, token, onLost }: Holding): StoredBatch {
  let data = job.data
  // The lock tells whether the job is still ours. It is not where Redis came back without it: the run dispatches what
  // is open again, under the same id, and what somebody else does with it then must not be written over.
  const ifOurs = async (field: HeldField) => {
    const isOurs = await broker.writeHeld(job, token, field)
    if (!isOurs) onLost()
    return isOurs
  }
  return {
    get data() {
      return data
    },
    marks: readMarks(job.progress),
    save(next) {
      data = next
      return ifOurs({ name: 'data', value: next })
    },
    mark: (marks) => ifOurs({ name: 'progress', value: marks }),
  }
}

async function publishDelivery(broker: Broker, run: string, delivery: Delivery): Promise<void> {
  const queue = broker.queue<OutcomesJob>(outcomesQueueName(run))
  await queue.add('delivery', { kind: 'delivery', delivery }, { jobId: delivery.id })
}

async function publishNotice(broker: Broker, run: string, notice: Notice): Promise<void> {
  // At once and everywhere: no other row of the run is to meet the same refusal.
  if (notice.kind === 'halt') await broker.setRunState(run, 'parked')
  await broker.queue<OutcomesJob>(outcomesQueueName(run)).add('notice', { kind: 'notice', notice })
}

function healthNotice(lane: Lane['name'], { down, refused, reason, since }: HealthChange): Notice {
  return down ? { kind: 'down', lane, reason, since, refused } : { kind: 'up', lane, since, until: Date.now() }
}
