import type { Notice } from '../../broker/jobs.ts'
import type { LedgerEvent } from '../../ledger/ledger.ts'
import { byLane, ofLane } from '../../lanes/lanes.ts'
import type { Outcome } from '../../model.ts'
import { DispatchQueue } from '../dispatch-queue.ts'
import { Dispatcher } from '../dispatcher.ts'
import { type Recorder, startRecorder } from '../recorder.ts'
import { RefusedAccount } from '../refused-account.ts'
import { eventOf } from '../event-of.ts'
import { leftHalts } from '../left-halts.ts'
import { OpenOutages } from '../open-outages.ts'
import { describeRowsLeft, hasAnswered, lastRows, openRows } from '../rows-left.ts'
import type { RunOptions } from '../run-options.ts'
import { reasonToStop } from '../stop-when.ts'
import { Untaken } from '../untaken.ts'
import { Ending } from './ending.ts'

/** A run that is being worked on: what its stages hand on to each other. */
export interface OpenRun {
  readonly options: RunOptions
  readonly ending: Ending
  readonly queue: DispatchQueue
  readonly dispatcher: Dispatcher
  readonly recorder: Recorder
  readonly untaken: Untaken
  /** The last row that an earlier session has dispatched; 0 where there was none. */
  readonly lastKnown: number
  /** Those that an outage left at the end of the file, see `lastRows`. */
  readonly lastRows: ReadonlySet<number>
  /** Whether the file was read to its end, or to the last row that is asked for. */
  readonly reading: { toEnd: boolean }
}

/** The first stage: says that the run is under way, and starts what dispatches rows and what records their outcomes. */
export async function openRun(options: RunOptions): Promise<OpenRun> {
  const { run, broker, ledger, plan } = options
  const ending = new Ending()
  const lastKnown = ledger.lastRow()
  const halts = lastKnown === 0 ? NONE : await leftHalts(broker, run)
  await broker.setRunState(run, 'running')
  const left = lastRows(ledger)
  ledger.write({ events: beginning(options) })
  const queue = new DispatchQueue({ ...options, onFault: (error) => ending.fail(error) })
  const highest = byLane((lane) => ledger.highestBatch(lane))
  const dispatcher = new Dispatcher({
    plan,
    queue,
    window: options.window,
    batchRows: options.batchRows,
    nextBatch: (lane) => ofLane(highest, lane) + 1,
    known: (first, last) => (first > lastKnown ? [] : ledger.rowStates(first, last)),
  })
  const reading = { toEnd: false }
  const untaken = new Untaken()
  const outages = new OpenOutages()
  const recorder = startRecorder({
    run,
    broker,
    ledger,
    onFault: (error) => ending.fail(error),
    onError: options.onError,
    onRecorded: whenRecorded(options, { dispatcher, ending, untaken, outages }),
    onNotice(notice, job) {
      outages.see(notice)
      options.onNotice(notice)
      if (!halts.has(job)) haltOn(notice, { options, ending, reading })
    },
  })
  return { options, ending, queue, dispatcher, recorder, untaken, lastKnown, lastRows: left, reading }
}

const NONE: ReadonlySet<string> = new Set()

function beginning({ plan, settings }: RunOptions): readonly LedgerEvent[] {
  const at = Date.now()
  return [
    { kind: 'began', at },
    ...plan.lanes.map((lane) => ({ kind: 'limit', at, lane, rpm: ofLane(settings, lane).rpm }) as const),
  ]
}

function whenRecorded(
  { ledger, stopWhen, onNotice }: RunOptions,
  {
    dispatcher,
    ending,
    untaken,
    outages,
  }: Pick<OpenRun, 'dispatcher' | 'ending' | 'untaken'> & { readonly outages: OpenOutages },
) {
  const countsBefore = ledger.counts()
  const account = new RefusedAccount()
  return (outcomes: readonly Outcome[]) => {
    dispatcher.settled(outcomes)
    for (const lane of new Set(outcomes.map((outcome) => outcome.lane))) untaken.heard(lane)
    const ended = outages.endedBy(outcomes)
    if (ended.length > 0) ledger.write({ events: ended.flatMap(eventOf) })
    for (const notice of ended) onNotice(notice)
    const refused = account.see(outcomes)
    if (refused !== undefined) ending.endWith({ state: 'halted', ...refused, stopWhen: true })
    const reason = reasonToStop(ledger.counts(), countsBefore, stopWhen)
    if (reason !== undefined) ending.endWith({ state: 'halted', reason, remedy: MEND_THE_PLAN, stopWhen: true })
  }
}

const MEND_THE_PLAN =
  'Look at the first rejected rows in rejects.csv: a column is probably mapped to the wrong field. ' +
  'Mend the plan and import the file again, or resume the run if the rejections are right.'

function haltOn(
  notice: Notice,
  { options: { run, ledger }, ending, reading }: Pick<OpenRun, 'options' | 'ending' | 'reading'>,
): void {
  if (notice.kind !== 'halt') return
  const left =
    notice.outage === true && reading.toEnd ? describeRowsLeft(run, openRows(ledger), hasAnswered(ledger)) : undefined
  ending.endWith({
    state: 'halted',
    reason: [notice.reason.replace(/[^.!?]$/, '$&.'), left?.reason ?? []].flat().join(' '),
    remedy: [notice.remedy, left?.remedy ?? []].flat().join(' '),
  })
}
