import type { Notice } from '../src/broker/jobs.ts'
import { backoffMs } from '../src/capillary/backoff.ts'
import type { ApiRequest, Exchange } from '../src/capillary/exchange.ts'
import type {
  AgainVerdict,
  Answer,
  FinalVerdict,
  HaltVerdict,
  NextVerdict,
  RetryVerdict,
} from '../src/capillary/verdict.ts'
import type { Lane, Step } from '../src/lanes/lane.ts'
import type { Outcome } from '../src/model.ts'
import { type GateTools, type Passage, pass } from './gate.ts'
import type { HeldBatch, PassEnd } from './held-batch.ts'
import type { JobRow } from '../src/broker/jobs.ts'
import { lookUpCustomer } from './look-up.ts'
import { isKept, noteAttempt, reasonOf } from './note-attempt.ts'
import { afterRetryVerdict } from './row-progress.ts'
import { type Shipment, type StepTools, inRequests, rpmOf } from './steps.ts'

export interface DeliveryTools extends GateTools, StepTools {
  readonly lane: Lane
  /** `mayRepeat` is asked before the request is sent a second time, with another token. */
  readonly send: (request: ApiRequest, mayRepeat: () => Promise<boolean>) => Promise<Exchange>
}

/**
 * One pass over a batch: sends each row that is due, publishes what became final, and leaves in the job what may be
 * tried again. Throws only where the broker fails; the job then comes back as it was last saved.
 */
export async function deliverBatch(batch: HeldBatch, tools: DeliveryTools): Promise<PassEnd> {
  const visit: Visit = { batch, tools, stop: undefined }
  while (visit.stop === undefined) {
    if (batch.dueBy(Date.now()).length === 0) break
    await sendAll(batch.dueBy(Date.now() + togetherMs(tools.lane)), visit)
  }
  const end = await batch.end({ parked: visit.stop === 'park' })
  return visit.stop === 'drop' ? { kind: 'done' } : end
}

/** Rows that share requests wait for each other a little, rather than go out alone. */
function togetherMs({ rowsPerRequest }: Lane): number {
  return rowsPerRequest > 1 ? 1_000 : 0
}

/** One pass under way. `stop`: why no further request may leave. */
interface Visit {
  readonly batch: HeldBatch
  readonly tools: DeliveryTools
  stop: Exclude<Passage, 'go'> | undefined
}

/**
 * All requests queue up for their slots at once, in order: when this process was busy for a moment, the slots that fell
 * due meanwhile are used and not lost.
 */
async function sendAll(due: readonly JobRow[], visit: Visit): Promise<void> {
  const { lane, batchSizes } = visit.tools
  await Promise.all(inRequests(due, lane, batchSizes).map((shipment) => sendInTurn(shipment, visit)))
}

async function sendInTurn(planned: Shipment, visit: Visit): Promise<void> {
  const { step } = planned
  if (!(await mayPass(visit, step))) return
  const slotAt = Date.now()
  // The API may have taught meanwhile that a request carries fewer: the others stay due.
  const rows = planned.rows.slice(0, visit.tools.batchSizes.most(step.pace ?? visit.tools.lane.name))
  if (!(await visit.batch.mark(step.readOnly === true ? [] : rows))) {
    visit.stop ??= 'drop'
    return
  }
  // While the broker was away slots passed by, and all who waited for it would now go at once.
  if (Date.now() - slotAt > SLOT_LASTS_MS && !(await mayPass(visit, step))) return
  await exchange({ rows, step }, visit)
}

const SLOT_LASTS_MS = 150

async function mayPass(visit: Visit, step: Step): Promise<boolean> {
  if (visit.stop !== undefined) return false
  const passage = await passFor(step, visit)
  if (passage === 'go') return true
  visit.stop = passage
  return false
}

/** On the limit of the lane that the step counts against. */
function passFor(step: Step, { batch, tools }: Pick<Visit, 'batch' | 'tools'>): Promise<Passage> {
  const { run, lane, settings } = batch.data
  if (step.pace === undefined) return pass(batch.data, tools)
  const passing = { run, lane, settings: { rpm: rpmOf(step, settings), outageMs: settings.outageMs } }
  return pass(passing, { ...tools, pacer: tools.pacerOf(step.pace) })
}

/** Sends one request and applies its answer. */
async function exchange(shipment: Shipment, visit: Visit): Promise<void> {
  const sentAt = Date.now()
  const { rows, step } = shipment
  const { answer, came } = await send(shipment, sentAt, visit)
  await applyAnswer(answer, shipment, visit)
  if (!isKept(rows, visit.batch)) return
  const lookUp = step.readOnly === true && step.pace !== undefined ? true : undefined
  noteAttempt(came, { at: sentAt, rows, note: reasonOf(answer), lookUp }, visit.batch)
}

async function applyAnswer(answer: Answer, { rows, step }: Shipment, visit: Visit): Promise<void> {
  switch (answer.kind) {
    case 'rows':
      if (answer.atMost !== undefined) {
        await visit.tools.batchSizes.learn(step.pace ?? visit.tools.lane.name, answer.atMost)
      }
      await Promise.all(rows.map((row, index) => settle(row, answer.verdicts[index], visit)))
      return
    case 'retry':
      await Promise.all(rows.map((row) => settle(row, answer, visit)))
      return
    case 'throttled':
      await holdLane(answer.retryAfterMs, step, visit)
      return
    case 'refused':
      await split({ rows, step }, visit)
      return
    case 'halt':
      await halt(answer, visit)
  }
}

interface Sent {
  readonly came: Exchange
  readonly answer: Answer
}

async function send({ rows, step }: Shipment, sentAt: number, visit: Visit): Promise<Sent> {
  const { batch, tools } = visit
  const firstSentAt = step.readOnly === true ? undefined : sentAt
  for (const row of rows) batch.update({ ...row, sent: row.sent + 1, firstSentAt: row.firstSentAt ?? firstSentAt })
  const came = await tools.send(tools.lane.request(rows), () => mayRepeat(visit, step))
  // Without a token there was no request.
  if (came.kind !== 'denied') {
    // Of a row that takes requests of several kinds, the first of each is none that is repeated.
    const retry = rows.some(({ sent, attempts }) => (tools.lane.step === undefined ? sent > 0 : attempts > 0))
    batch.countRequest(sentAt, retry, step.pace)
  }
  const answer = tools.lane.read(came, rows, batch.data.settings)
  const failure = transportFailure(answer)
  tools.health.report(failure === undefined, failure?.reason ?? '')
  return { came, answer }
}

/** A request that is sent again takes a slot of its own, as the API counts it twice. */
async function mayRepeat(visit: Visit, step: Step): Promise<boolean> {
  if (!(await mayPass(visit, step))) return false
  visit.batch.countRequest(Date.now(), true, step.pace)
  return true
}

function transportFailure(answer: Answer): RetryVerdict | undefined {
  return answer.kind === 'retry' && answer.scope === 'transport' ? answer : undefined
}

type RowVerdict = FinalVerdict | NextVerdict | RetryVerdict | AgainVerdict

async function settle(row: JobRow, verdict: RowVerdict | undefined, visit: Visit): Promise<void> {
  const { batch, tools } = visit
  const current = batch.row(row.row)
  if (current === undefined || verdict === undefined)
    throw new Error(`row ${row.row} has no verdict, or had one before`)
  if (verdict.kind === 'final') {
    batch.answer(outcomeOf(current, { ...verdict, customerId: await customerId(current, verdict, visit) }, visit))
    return
  }
  if (verdict.kind === 'next') {
    // What failed before is behind it: the host has answered.
    const { row: number, sent, attempts, firstSentAt, repeats } = current
    batch.update({ row: number, sent, attempts, firstSentAt, repeats, request: verdict.request })
    return
  }
  // It is due as it was.
  if (verdict.kind === 'again') return
  const progress = afterRetryVerdict(current, verdict, {
    settings: batch.data.settings,
    now: Date.now(),
    programs: tools.lane.programs,
    // Where nobody else got an answer either, it is the host's outage and not the row's failure.
    costsAttempt:
      verdict.scope === 'row' || current.failedAt === undefined || tools.health.answeredSince(current.failedAt),
    backoffMs: (attempt) => backoffMs(attempt),
  })
  if (progress.kind === 'again') batch.update(progress.row)
  else batch.answer(outcomeOf(current, progress.verdict, visit))
}

/** The id in the verdict or, where the API left it out, the id that paced look-ups find. */
async function customerId(row: JobRow, verdict: FinalVerdict, visit: Visit): Promise<string | undefined> {
  const { batch, tools } = visit
  if (verdict.needsLookup !== true || tools.lane.lookUps === undefined) return verdict.customerId
  return lookUpCustomer(tools.lane.lookUps(row), async (request) => {
    if ((await pass(batch.data, tools)) !== 'go') return undefined
    const at = Date.now()
    batch.countRequest(at, false)
    const came = await tools.send(request, () => mayRepeat(visit, OWN_PACE))
    noteAttempt(came, { at, rows: [row], lookUp: true }, batch)
    return came
  })
}

const OWN_PACE: Step = { group: '', readOnly: true }

function outcomeOf(row: JobRow, verdict: FinalVerdict, { tools }: Visit): Outcome {
  const { kind: _kind, needsLookup: _needsLookup, ...said } = verdict
  const outcome = { row: row.row, lane: tools.lane.name, ...said, attempts: row.sent }
  const ownMember = tools.lane.ownMembers === true && row.repeats !== true ? true : undefined
  return { ...outcome, ...(ownMember && { ownMember }), finishedAt: new Date().toISOString() }
}

/** A 429: the whole lane waits, and the rows go out again without having lost an attempt. */
async function holdLane(ms: number | undefined, { pace }: Step, { batch, tools }: Visit): Promise<void> {
  batch.countThrottled(pace)
  const since = Date.now()
  const until = await (pace === undefined ? tools.pacer : tools.pacerOf(pace)).hold(ms)
  await tools.notify(batch.data.run, { kind: 'throttled', lane: pace ?? tools.lane.name, since, until })
}

/** A request that was refused as a whole goes out again in halves, until the rows at fault stand alone. */
async function split({ rows, step }: Shipment, visit: Visit): Promise<void> {
  if (rows.length < 2) throw new Error('a request of one row was refused as a whole, which is no verdict on the row')
  const middle = Math.ceil(rows.length / 2)
  for (const half of [rows.slice(0, middle), rows.slice(middle)]) {
    const open = half.flatMap((row) => visit.batch.row(row.row) ?? [])
    await sendInTurn({ rows: open, step }, visit)
  }
}

async function halt({ reason, remedy }: HaltVerdict, visit: Visit): Promise<void> {
  const { batch, tools } = visit
  const notice: Notice = { kind: 'halt', lane: tools.lane.name, reason, remedy }
  // Park first: others that hold rows of this run must not meet the same refusal with theirs.
  visit.stop = 'park'
  await tools.notify(batch.data.run, notice)
}
