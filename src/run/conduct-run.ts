import { setTimeout as delay } from 'node:timers/promises'
import type { Broker } from '../broker/broker.ts'
import type { BatchSettings, Notice } from '../broker/jobs.ts'
import type { Ledger, LedgerEvent } from '../ledger/ledger.ts'
import type { LaneName } from '../model.ts'
import type { CompiledPlan } from '../plan/compile-plan.ts'
import { DispatchQueue } from './dispatch-queue.ts'
import { byLane, ofLane } from '../lanes/lanes.ts'
import { Dispatcher } from './dispatcher.ts'
import { watchRequests } from './requests.ts'
import { recallParked } from './recall-parked.ts'
import { startRecorder } from './recorder.ts'
import { describeRowsLeft, openRows } from './rows-left.ts'
import type { RunRow } from './run-row.ts'
import type { Window } from './settings.ts'
import type { Priority } from './turn-taker.ts'
import { type StopWhen, reasonToStop } from './stop-when.ts'

export interface RunOptions {
  readonly run: string
  readonly account: string
  readonly plan: CompiledPlan
  readonly rows: AsyncIterable<readonly RunRow[]>
  /** Rows to read at most. */
  readonly limit: number | undefined
  readonly ledger: Ledger
  readonly broker: Broker
  readonly settings: Readonly<Record<LaneName, BatchSettings>>
  readonly batchRows: Readonly<Record<LaneName, number>>
  readonly priority: Priority
  readonly window: Window
  readonly stopWhen: StopWhen
  /** The file through which another process asks something of the run. */
  readonly requestFile: string
  /** Another process changes a lane's limit, in requests per minute. */
  readonly onPace: (lane: LaneName, rpm: number) => void
  /** Aborts when the run is to pause: Ctrl-C. */
  readonly signal: AbortSignal
  /** Stops the workers of this process: the requests in flight end, the rest is handed back. */
  readonly stopWorkers: () => Promise<void>
  readonly onNotice: (notice: Notice) => void
  /** Rows read so far; ended: there are no more. */
  readonly onRead: (rows: number, ended: boolean) => void
  readonly onError: (error: Error) => void
}

/** How a session of a run ended. */
export type RunEnd =
  | { readonly state: 'finished' | 'paused' | 'cancelled' }
  | {
      readonly state: 'halted'
      readonly reason: string
      readonly remedy: string
      /** The plan's `stop_when` halted it: what the API said of the rows, not what kept them from it. */
      readonly stopWhen?: boolean
    }

/**
 * Takes a run from wherever it stands to its end, or to the point where it is paused, halted or cancelled.
 * Throws where the ledger or the broker failed for good; the run can be resumed then as after a crash.
 */
export async function conductRun(options: RunOptions): Promise<RunEnd> {
  const { run, broker, ledger, plan, limit, signal } = options
  const stop = new AbortController()
  let end: RunEnd = { state: 'finished' }
  let fault: { error: unknown } | undefined
  let readToEnd = false
  const endWith = (how: RunEnd) => {
    if (stop.signal.aborted) return
    end = how
    stop.abort()
  }
  const onFault = (error: unknown) => {
    fault ??= { error }
    endWith({ state: 'paused' })
  }
  const onAbort = () => endWith({ state: 'paused' })
  signal.addEventListener('abort', onAbort)
  if (signal.aborted) onAbort()

  await broker.setRunState(run, 'running')
  ledger.write({ events: beginning(options) })
  const highest = byLane((lane) => ledger.highestBatch(lane))
  const queue = new DispatchQueue({ ...options, onFault })
  const lastKnown = ledger.lastRow()
  const countsBefore = ledger.counts()
  const dispatcher = new Dispatcher({
    plan,
    queue,
    window: options.window,
    batchRows: options.batchRows,
    nextBatch: (lane) => ofLane(highest, lane) + 1,
    known: (first, last) => (first > lastKnown ? [] : ledger.rowStates(first, last)),
  })
  const recorder = startRecorder({
    run,
    broker,
    ledger,
    onFault,
    onError: options.onError,
    onRecorded(outcomes) {
      dispatcher.settled(outcomes)
      const reason = reasonToStop(ledger.counts(), countsBefore, options.stopWhen)
      if (reason !== undefined) endWith({ state: 'halted', reason, remedy: MEND_THE_PLAN, stopWhen: true })
    },
    onNotice(notice) {
      options.onNotice(notice)
      if (notice.kind !== 'halt') return
      const left = notice.outage === true && readToEnd ? describeRowsLeft(run, openRows(ledger)) : undefined
      endWith({
        state: 'halted',
        reason: [notice.reason, left?.reason ?? []].flat().join(' '),
        remedy: [notice.remedy, left?.remedy ?? []].flat().join(' '),
      })
    },
  })
  const requests = watchRequests(options.requestFile, (request) => {
    if (request.kind === 'pace') {
      options.onPace(request.lane, request.rpm)
      ledger.write({ events: [{ kind: 'limit', at: Date.now(), lane: request.lane, rpm: request.rpm }] })
    } else endWith({ state: request.kind === 'cancel' ? 'cancelled' : 'paused' })
  })
  const sweep = repeatOnRedis(broker, options.onError, async () => {
    // A worker may have put a job aside at the very moment at which the run went on.
    await recallParked(options)
    if (!(await recorder.busy())) await queue.findLost()
  })

  try {
    // What an earlier session was answered comes first: no row may go out again that has its outcome.
    await recorder.drained(stop.signal)
    if (lastKnown > 0) {
      const missing = await recallParked(options)
      // A job that has left the broker is either lost, or was finished meanwhile: then its answers are here by now.
      await recorder.drained(stop.signal)
      queue.replace(missing)
    }
    let read = 0
    for await (const chunk of options.rows) {
      const rows = limit === undefined ? chunk : chunk.slice(0, limit - read)
      read += rows.length
      options.onRead(read, false)
      await dispatcher.offer(rows, stop.signal)
      if (read === limit) break
    }
    readToEnd = true
    options.onRead(read, true)
    await dispatcher.finish(stop.signal)
  } catch (error) {
    if (!stop.signal.aborted) {
      // What is answered all the same is recorded, and waits for a resume.
      endWith({ state: 'paused' })
      throw error
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    clearInterval(requests)
    clearInterval(sweep)
    dispatcher.close()
    await endSession()
  }
  if (fault !== undefined) throw fault.error
  ledger.write({ events: [{ kind: 'ended', at: Date.now(), how: end.state }] })
  return end

  /** Workers elsewhere, too, let the requests in flight end before they put a batch aside. */
  async function lastAnswers(patience: AbortSignal): Promise<void> {
    while (await queue.isWorkedOn()) await delay(WORKED_ON_POLL_MS, undefined, { signal: patience })
    await recorder.drained(patience)
  }

  async function endSession(): Promise<void> {
    if (end.state === 'finished') {
      await options.stopWorkers()
    } else {
      await broker.setRunState(run, end.state === 'cancelled' ? 'cancelled' : 'parked')
      await options.stopWorkers()
      if (end.state === 'cancelled') await queue.withdraw()
      // Answers that came while the requests in flight ended.
      if (fault === undefined) await lastAnswers(AbortSignal.timeout(DRAIN_PATIENCE_MS)).catch(() => {})
    }
    await recorder.close()
    if (end.state === 'finished' || end.state === 'cancelled') await recorder.remove()
    // The word of a cancelled run stays: a worker elsewhere may still have a batch of it in hand.
    if (end.state === 'finished') await broker.setRunState(run, 'running')
  }
}

function beginning({ plan, settings }: RunOptions): readonly LedgerEvent[] {
  const at = Date.now()
  return [
    { kind: 'began', at },
    ...plan.lanes.map((lane) => ({ kind: 'limit', at, lane, rpm: ofLane(settings, lane).rpm }) as const),
  ]
}

const MEND_THE_PLAN =
  'Look at the first rejected rows in rejects.csv: a column is probably mapped to the wrong field. ' +
  'Mend the plan and import the file again, or resume the run if the rejections are right.'
const DRAIN_PATIENCE_MS = 15_000
const SWEEP_EVERY_MS = 3_000
const WORKED_ON_POLL_MS = 200

/** Only on Redis are there workers elsewhere, and jobs that get lost; the embedded broker's are on this machine's disk. */
function repeatOnRedis(
  broker: Broker,
  onError: (error: Error) => void,
  look: () => Promise<void>,
): NodeJS.Timeout | undefined {
  if (broker.kind === 'embedded') return undefined
  let looking = false
  const lookOnce = async () => {
    if (looking) return
    looking = true
    try {
      await look()
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)))
    } finally {
      looking = false
    }
  }
  return setInterval(() => void lookOnce(), SWEEP_EVERY_MS)
}
