import { backoffMs } from '../src/capillary/backoff.ts'
import { classifyLookup } from '../src/capillary/classify-lookup.ts'
import { statusGiven } from '../src/capillary/describe-warnings.ts'
import type { AgainVerdict, FinalVerdict, NextVerdict, RetryVerdict } from '../src/capillary/verdict.ts'
import type { Lane, Step } from '../src/lanes/lane.ts'
import { silentLosses } from '../src/lanes/silent-losses.ts'
import type { Outcome } from '../src/model.ts'
import { holdLane } from './hold-lane.ts'
import { lookUpCustomer } from './look-up.ts'
import { countRequest, noteAttempt } from './note-attempt.ts'
import type { OpenRow } from './open-row.ts'
import { afterRetryVerdict } from './row-progress.ts'
import { lookUpResult } from './request-result.ts'
import { severalRows } from './read-answer.ts'
import { type Visit, hasFewLeft, passFor } from './visit.ts'

export type RowVerdict = FinalVerdict | NextVerdict | RetryVerdict | AgainVerdict

/** Applies a verdict on a row: it has its outcome, or stays in the job with what is known of it now. */
export async function settle(row: OpenRow, verdict: RowVerdict | undefined, visit: Visit): Promise<void> {
  const { batch } = visit
  const current = batch.row(row.row)
  if (current === undefined || verdict === undefined)
    throw new Error(`row ${row.row} has no verdict, or had one before`)
  switch (verdict.kind) {
    case 'final':
      batch.answer(outcomeOf(current, { ...verdict, customerId: await customerId(current, verdict, visit) }, visit))
      return
    case 'next': {
      // What failed before is behind it: the host has answered.
      const { row: number, sent, attempts, firstSentAt, repeats, member, warnings } = current
      batch.update({ row: number, sent, attempts, firstSentAt, repeats, member, warnings, request: verdict.request })
      return
    }
    case 'again':
      // It is due as it was.
      return
    case 'retry':
      if (verdict.scope === 'account') batch.update({ ...current, dueAt: performance.now() + (verdict.afterMs ?? 0) })
      else await tryAgain(current, verdict, visit)
  }
}

async function tryAgain(row: OpenRow, verdict: RetryVerdict, visit: Visit): Promise<void> {
  const { batch, tools } = visit
  const isOfTheHost = verdict.scope === 'transport'
  // How long the host asks to wait is kept by the lane, for all rows.
  const progress = afterRetryVerdict(row, isOfTheHost ? { ...verdict, afterMs: undefined } : verdict, {
    settings: batch.data.settings,
    now: performance.now(),
    programs: tools.lane.programs,
    costsAttempt: await isOwn(verdict, row, visit),
    backoffMs: (attempt) => backoffMs(attempt),
  })
  if (progress.kind === 'again') batch.update(progress.row)
  else batch.answer(outcomeOf(row, progress.verdict, visit))
}

function isOwn({ scope, ofRowAlone }: RetryVerdict, row: OpenRow, visit: Visit): boolean | Promise<boolean> {
  if (scope === 'transport') return isOwnFailure(row, visit)
  return ofRowAlone === true || isOwnError(row, visit)
}

/**
 * What the API answers with an error is the row's own matter while others are settled. Where none was and several rows
 * show the same, it is the API's; and no row has failed by it before several could show it.
 */
async function isOwnError({ attempts }: OpenRow, visit: Visit): Promise<boolean> {
  const { settings } = visit.batch.data
  const several = severalRows(settings)
  const erred = visit.tools.health.erredRows()
  if (erred === undefined || (await hasFewLeft(visit))) return true
  return erred < several && (attempts + 1 < settings.retryAttempts || visit.batch.openRows < several)
}

/** Where nobody else got an answer either, it is the host's outage and not the row's failure. */
async function isOwnFailure({ failedAt }: OpenRow, { batch, tools }: Visit): Promise<boolean> {
  if (failedAt === undefined || tools.health.answeredSince(failedAt)) return true
  return (await tools.runState(batch.data.run)) === 'last-rows'
}

/** The id in the verdict or, where the API left it out, the id that paced look-ups find. */
async function customerId(row: OpenRow, verdict: FinalVerdict, visit: Visit): Promise<string | undefined> {
  const { batch, tools } = visit
  if (verdict.needsLookup !== true || tools.lane.lookUps === undefined) return verdict.customerId
  return lookUpCustomer(tools.lane.lookUps(row), async (request) => {
    const passage = await passFor(OWN_PACE, visit)
    if (passage.kind === 'no-token') return passage.came
    if (passage.kind !== 'go') return undefined
    const at = Date.now()
    const sentAt = performance.now()
    const came = await tools.send(request)
    countRequest(came, { at, rows: [row], result: lookUpResult(came) }, visit)
    noteAttempt(came, { at, rows: [row], lookUp: true }, batch)
    const answer = classifyLookup(came)
    if (answer.kind === 'throttled') {
      tools.health.report({ kind: 'throttled', reason: answer.reason }, sentAt)
      batch.countThrottled()
      await holdLane({ reason: answer.reason, ms: answer.retryAfterMs, slower: true }, OWN_PACE, visit)
    }
    return came
  })
}

const OWN_PACE: Step = { group: '', readOnly: true }

/** The outcome that a final verdict is of a row: what we said of it before it was sent stands first among its warnings. */
export function outcomeOf(row: OpenRow, verdict: FinalVerdict, { tools }: Pick<Visit, 'tools'>): Outcome {
  const { kind: _kind, needsLookup: _needsLookup, ...said } = verdict
  const losses = silentLosses(tools.lane, { request: row.request, result: said.result, now: Date.now() })
  const warnings = [...(row.warnings ?? []), ...said.warnings, ...losses]
  // What was left out before it was sent is a loss, as what the API drops is.
  const status = said.status === 'ok' ? statusGiven(warnings) : said.status
  const outcome: Outcome = {
    row: row.row,
    lane: tools.lane.name,
    ...said,
    status,
    warnings,
    attempts: row.sent,
    finishedAt: new Date().toISOString(),
  }
  const member = memberOf(row, said.customerId, tools.lane)
  return member === undefined ? outcome : { ...outcome, member }
}

/** Whose customer id this is to be; undefined where an earlier lane has said so, the lane is about nobody, or it is not known. */
function memberOf(row: OpenRow, id: string | undefined, { subject }: Lane): number | undefined {
  if (subject === undefined || id === undefined || id === row.customerId) return undefined
  return row.member ?? (row.repeats === true ? undefined : row.row)
}
