import type { Notice } from '../src/broker/jobs.ts'
import { backoffMs } from '../src/capillary/backoff.ts'
import type { ApiRequest, Exchange } from '../src/capillary/exchange.ts'
import type { Answer, FinalVerdict, HaltVerdict, NextVerdict, RetryVerdict } from '../src/capillary/verdict.ts'
import type { Lane } from '../src/lanes/lane.ts'
import type { Outcome } from '../src/model.ts'
import { type GateTools, type Passage, pass } from './gate.ts'
import type { HeldBatch, PassEnd } from './held-batch.ts'
import type { JobRow } from '../src/broker/jobs.ts'
import { lookUpCustomer } from './look-up.ts'
import { shareRequests } from './share-requests.ts'
import { isTold, noteAttempt, reasonOf } from './note-attempt.ts'
import { afterRetryVerdict } from './row-progress.ts'

export interface DeliveryTools extends GateTools {
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
  await Promise.all(shareRequests(due, visit.tools.lane).map((rows) => sendInTurn(rows, visit)))
}

async function sendInTurn(rows: readonly JobRow[], visit: Visit): Promise<void> {
  if (!(await mayPass(visit))) return
  const slotAt = Date.now()
  if (!(await visit.batch.mark(rows))) {
    visit.stop ??= 'drop'
    return
  }
  // While the broker was away slots passed by, and all who waited for it would now go at once.
  if (Date.now() - slotAt > SLOT_LASTS_MS && !(await mayPass(visit))) return
  await exchange(rows, visit)
}

const SLOT_LASTS_MS = 150

async function mayPass(visit: Visit): Promise<boolean> {
  if (visit.stop !== undefined) return false
  const passage = await pass(visit.batch.data, visit.tools)
  if (passage === 'go') return true
  visit.stop = passage
  return false
}

/** Sends one request and takes its answer to heart. */
async function exchange(rows: readonly JobRow[], visit: Visit): Promise<void> {
  const sentAt = Date.now()
  const { answer, came } = await send(rows, sentAt, visit)
  await takeToHeart(answer, rows, visit)
  if (isTold(rows, visit.batch)) noteAttempt(came, { at: sentAt, rows, note: reasonOf(answer) }, visit.batch)
}

async function takeToHeart(answer: Answer, rows: readonly JobRow[], visit: Visit): Promise<void> {
  switch (answer.kind) {
    case 'rows':
      await Promise.all(rows.map((row, index) => settle(row, answer.verdicts[index], visit)))
      return
    case 'retry':
      await Promise.all(rows.map((row) => settle(row, answer, visit)))
      return
    case 'throttled':
      await holdLane(answer.retryAfterMs, visit)
      return
    case 'refused':
      await split(rows, visit)
      return
    case 'halt':
      await halt(answer, visit)
  }
}

interface Sent {
  readonly came: Exchange
  readonly answer: Answer
}

async function send(rows: readonly JobRow[], sentAt: number, visit: Visit): Promise<Sent> {
  const { batch, tools } = visit
  for (const row of rows) batch.update({ ...row, sent: row.sent + 1 })
  const came = await tools.send(tools.lane.request(rows), () => mayRepeat(visit))
  // Without a token there was no request.
  if (came.kind !== 'denied') {
    batch.countRequest(
      sentAt,
      rows.some((row) => row.sent > 0),
    )
  }
  const answer = tools.lane.read(came, rows, batch.data.settings)
  const failure = transportFailure(answer)
  tools.health.report(failure === undefined, failure?.reason ?? '')
  return { came, answer }
}

/** A request that is sent again takes a slot of its own, as the API counts it twice. */
async function mayRepeat(visit: Visit): Promise<boolean> {
  if (!(await mayPass(visit))) return false
  visit.batch.countRequest(Date.now(), true)
  return true
}

function transportFailure(answer: Answer): RetryVerdict | undefined {
  return answer.kind === 'retry' && answer.scope === 'transport' ? answer : undefined
}

type RowVerdict = FinalVerdict | NextVerdict | RetryVerdict

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
    const { row: number, sent, attempts } = current
    batch.update({ row: number, sent, attempts, request: verdict.request })
    return
  }
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
    const came = await tools.send(request, () => mayRepeat(visit))
    noteAttempt(came, { at, rows: [row], lookUp: true }, batch)
    return came
  })
}

function outcomeOf(row: JobRow, verdict: FinalVerdict, { tools }: Visit): Outcome {
  const { kind: _kind, needsLookup: _needsLookup, ...said } = verdict
  return { row: row.row, lane: tools.lane.name, ...said, attempts: row.sent, finishedAt: new Date().toISOString() }
}

/** A 429: the whole lane waits, and the rows go out again without having lost an attempt. */
async function holdLane(ms: number | undefined, { batch, tools }: Visit): Promise<void> {
  batch.countThrottled()
  const since = Date.now()
  const until = await tools.pacer.hold(ms)
  await tools.tell(batch.data.run, { kind: 'throttled', lane: tools.lane.name, since, until })
}

/** A request that was refused as a whole goes out again in halves, until the rows at fault stand alone. */
async function split(rows: readonly JobRow[], visit: Visit): Promise<void> {
  if (rows.length < 2) throw new Error('a request of one row was refused as a whole, which is no verdict on the row')
  const middle = Math.ceil(rows.length / 2)
  for (const half of [rows.slice(0, middle), rows.slice(middle)]) {
    const open = half.flatMap((row) => visit.batch.row(row.row) ?? [])
    await sendInTurn(open, visit)
  }
}

async function halt({ reason, remedy }: HaltVerdict, visit: Visit): Promise<void> {
  const { batch, tools } = visit
  const notice: Notice = { kind: 'halt', lane: tools.lane.name, reason, remedy }
  // Park first: others that hold rows of this run must not meet the same refusal with theirs.
  visit.stop = 'park'
  await tools.tell(batch.data.run, notice)
}
