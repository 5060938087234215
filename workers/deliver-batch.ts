import { workerOptions } from '../src/broker/job-options.ts'
import type { Notice } from '../src/broker/jobs.ts'
import { backoffMs } from '../src/capillary/backoff.ts'
import type { NoToken } from '../src/capillary/client.ts'
import type { Answer, HaltVerdict } from '../src/capillary/verdict.ts'
import type { Lane } from '../src/lanes/lane.ts'
import { SLOT_LASTS_MS } from '../src/pace/lateness.ts'
import { afterRefusal } from './after-refusal.ts'
import type { HeldBatch, PassEnd } from './held-batch.ts'
import { holdLane } from './hold-lane.ts'
import { countRequest, isKept, noteAttempt, reasonOf } from './note-attempt.ts'
import type { OpenRow } from './open-row.ts'
import { holdAsked, readAnswer } from './read-answer.ts'
import { requestResult } from './request-result.ts'
import { outcomeOf, settle } from './settle.ts'
import { type Shipment, inRequests } from './steps.ts'
import { type DeliveryTools, type Visit, hasFewLeft, mayPass } from './visit.ts'

/**
 * One pass over a batch: sends each row that is due, publishes what became final, and leaves in the job what may be
 * tried again. Throws only where the broker fails; the job then comes back as it was last saved.
 */
export async function deliverBatch(batch: HeldBatch, tools: DeliveryTools): Promise<PassEnd> {
  const visit: Visit = { batch, tools, stop: undefined, toldOfNoToken: new Set() }
  while (visit.stop === undefined) {
    const now = performance.now()
    if (batch.dueBy(now).length === 0) break
    await sendAll(batch.dueBy(now + togetherMs(tools.lane)), visit)
  }
  const end = await batch.end({ parked: visit.stop === 'park' })
  return visit.stop === 'drop' ? { kind: 'done' } : end
}

/** Rows that share requests wait for each other a little, rather than go out alone. */
function togetherMs({ rowsPerRequest }: Lane): number {
  return rowsPerRequest > 1 ? 1_000 : 0
}

/**
 * All requests queue up for their slots at once, in order: when this process was busy for a moment, the slots that fell
 * due meanwhile are used and not lost.
 */
async function sendAll(due: readonly OpenRow[], visit: Visit): Promise<void> {
  const { lane, batchSizes } = visit.tools
  await Promise.all(
    inRequests(due, lane, batchSizes, visit.batch.data.settings).map((shipment) => sendInTurn(shipment, visit)),
  )
}

async function sendInTurn(planned: Shipment, visit: Visit): Promise<void> {
  const { batch, tools } = visit
  const { step } = planned
  let markedAt = -Infinity
  while (true) {
    const passage = await mayPass(visit, planned)
    if (passage === undefined) return
    if (passage.kind === 'later') return putOff(planned, visit)
    if (passage.kind === 'no-token') return applyNoToken(passage.came, planned, visit)
    // The API may have taught meanwhile that a request carries fewer: the others stay due.
    const rows = planned.rows.slice(0, tools.batchSizes.most(step.pace ?? tools.lane.name))
    const slotAt = performance.now()
    if (slotAt - markedAt > MARK_LASTS_MS) {
      if (!(await batch.mark(step.readOnly === true ? [] : rows))) {
        visit.stop ??= 'drop'
        return
      }
      markedAt = slotAt
      // While the broker was away slots passed by, and all who waited for it would now go at once.
      if (tools.latenessOf(performance.now() - slotAt) > SLOT_LASTS_MS) continue
    }
    if (passage.isProbe || tools.account.isReady()) return exchange({ rows, step }, visit)
  }
}

/** Half of what a job's lock lasts for: who marked a row holds its job for so long at least. */
const MARK_LASTS_MS = workerOptions.lockDuration / 2

/** Rows that were refused before wait outside the worker until others have shown what that says. */
function putOff({ rows }: Shipment, { batch }: Visit): void {
  const dueAt = performance.now() + LATER_MS
  for (const { row } of rows) {
    const current = batch.row(row)
    if (current !== undefined) batch.update({ ...current, dueAt })
  }
}

/** In that time, others that are due have been asked with. */
const LATER_MS = 2_000

/** What came of asking for a token stands for the request, which was not sent. */
async function applyNoToken(came: NoToken, shipment: Shipment, visit: Visit): Promise<void> {
  const { rows } = shipment
  const { heard } = visit.tools
  // That the token endpoint has a pace is told to all who wait for a token, and holds the lane once.
  if (came.kind === 'reply' && heard.has(came)) return
  if (came.kind === 'reply') heard.add(came)
  const at = Date.now()
  const answer = await readAnswer(came, rows, performance.now(), visit)
  await applyAnswer(answer, shipment, visit)
  const news = rows.filter(({ row }) => !visit.toldOfNoToken.has(row))
  for (const { row } of news) visit.toldOfNoToken.add(row)
  if (news.length > 0) noteAttempt(came, { at, rows: news, note: reasonOf(answer) }, visit.batch)
}

/** Sends one request and applies its answer. */
async function exchange(shipment: Shipment, visit: Visit): Promise<void> {
  const { batch, tools } = visit
  const { rows, step } = shipment
  const at = Date.now()
  const sentAt = performance.now()
  const firstSentAt = step.readOnly === true ? undefined : at
  for (const row of rows) batch.update({ ...row, sent: row.sent + 1, firstSentAt: row.firstSentAt ?? firstSentAt })
  const came = await tools.send(tools.lane.request(rows))
  // Of a row that takes requests of several kinds, the first of each is none that is repeated.
  const isRepeat = rows.some(({ sent, attempts }) => (tools.lane.step === undefined ? sent > 0 : attempts > 0))
  const answer = await readAnswer(came, rows, sentAt, visit)
  countRequest(came, { at, rows, retry: isRepeat, result: requestResult(came, answer), pace: step.pace }, visit)
  const hold = holdAsked(came, answer)
  if (hold?.slower === true) batch.countThrottled(step.pace)
  if (hold !== undefined) await holdLane(hold, step, visit)
  await applyAnswer(answer, shipment, visit)
  if (!isKept(rows, batch)) return
  const lookUp = step.readOnly === true && step.pace !== undefined ? true : undefined
  noteAttempt(came, { at, rows, note: reasonOf(answer), lookUp }, batch)
}

async function applyAnswer(answer: Answer, shipment: Shipment, visit: Visit): Promise<void> {
  const { rows, step } = shipment
  switch (answer.kind) {
    case 'rows':
      if (answer.atMost !== undefined) {
        await visit.tools.batchSizes.learn(step.pace ?? visit.tools.lane.name, answer.atMost)
      }
      await Promise.all(rows.map((row, index) => settle(row, answer.verdicts[index], visit)))
      return
    case 'retry':
      if (answer.scope === 'transport' && answer.afterMs !== undefined)
        await holdLane({ reason: answer.reason, ms: answer.afterMs, slower: false }, step, visit)
      await Promise.all(rows.map((row) => settle(row, answer, visit)))
      return
    case 'throttled':
      visit.batch.countThrottled(step.pace)
      await holdLane({ reason: answer.reason, ms: answer.retryAfterMs, slower: true }, step, visit)
      return
    case 'refused':
      await split(shipment, visit)
      return
    case 'halt':
      await applyRefusal(answer, shipment, visit)
  }
}

/** What was refused as if for all may be one row's alone: that one is looked for, and the others go on. */
async function applyRefusal(verdict: HaltVerdict, { rows, step }: Shipment, visit: Visit): Promise<void> {
  const { batch, tools } = visit
  const [first, ...others] = rows.flatMap(({ row }) => batch.row(row) ?? [])
  if (first === undefined) return
  const { settings } = batch.data
  const context = {
    settings,
    health: tools.health,
    now: performance.now(),
    backoffMs,
    fewLeft: await hasFewLeft(visit),
  }
  const end = afterRefusal(first, verdict, context)
  if (end.kind === 'halt') return halt(verdict, visit)
  // A refusal of the credentials may be chance; anything else is said of what the request holds.
  const isChance = verdict.code === 401 && end.kind === 'again' && (first.refused ?? 0) === 0
  if (others.length > 0 && !isChance) return split({ rows, step }, visit)
  if (end.kind === 'final') return batch.answer(outcomeOf(first, end.verdict, visit))
  const { refused, refusedAt, dueAt } = end.row
  for (const row of [first, ...others]) batch.update({ ...row, refused, refusedAt, dueAt })
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
