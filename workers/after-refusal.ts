import type { BatchSettings } from '../src/broker/jobs.ts'
import type { FinalVerdict, HaltVerdict } from '../src/capillary/verdict.ts'
import type { LaneHealth } from './lane-health.ts'
import type { OpenRow } from './open-row.ts'

export interface RefusalContext {
  readonly settings: BatchSettings
  readonly health: Pick<LaneHealth, 'standstill' | 'answeredSince' | 'hasAnswered'>
  /** Milliseconds on the process' own clock. */
  readonly now: number
  readonly backoffMs: (attempt: number) => number
  /** Of a run that was answered, but a few rows are left. */
  readonly fewLeft: boolean
}

export type RefusalEnd =
  | { readonly kind: 'again'; readonly row: OpenRow }
  | { readonly kind: 'final'; readonly verdict: FinalVerdict }
  | { readonly kind: 'halt' }

/** So many refusals of a row are its own, at least: one may be chance. */
const LEAST_REFUSALS = 3
/** Of credentials: where one request in twenty is refused by chance, three in a row befall one row of eight thousand. */
const CREDENTIALS_REFUSALS = 5
/** So many in a row over so long a time, without an answer to anybody, are a verdict on all. */
const REFUSALS = 5
const REFUSED_FOR_MS = 10_000
/** What several rows meet is no matter of one row; when so many refusals bring no new one, there are no others. */
const SEVERAL_ROWS = 3
const REPEATS = 4

/**
 * What it means for a row that its request was refused as if for all: an account without access, a wrong address, a
 * firewall. While others are answered it is the row's own, which is tried again, as often as `retry.attempts`, and then
 * has failed. Where nobody is answered for a while it costs the row nothing, and halts the run; unless these rows are all
 * that is left to ask with of a run that was answered before.
 */
export function afterRefusal(row: OpenRow, verdict: HaltVerdict, context: RefusalContext): RefusalEnd {
  const { settings, health, now } = context
  const wasAnswered = settings.answered === true || health.hasAnswered()
  if (verdict.about === 'account')
    return verdict.sole === true && wasAnswered ? { kind: 'final', verdict: failed(verdict) } : { kind: 'halt' }
  const refused = (row.refused ?? 0) + (context.fewLeft || isOwn(row, verdict, health) ? 1 : 0)
  // That others are served is seen each time where the credentials are refused, and each time they get a new token.
  const most = verdict.code === 401 ? CREDENTIALS_REFUSALS : Math.max(settings.retryAttempts, LEAST_REFUSALS)
  if (refused >= most) return { kind: 'final', verdict: failed(verdict) }
  const standstill = context.fewLeft ? undefined : health.standstill()
  if (standstill?.kind === 'refused' && standstill.refusals >= REFUSALS && standstill.forMs >= REFUSED_FOR_MS) {
    const { repeats, refusedRows } = standstill
    const areAllThatIsLeft = repeats >= REPEATS
    const isOfTheirs = wasAnswered || (verdict.byGateway === true && refusedRows < SEVERAL_ROWS)
    if (areAllThatIsLeft && isOfTheirs) return { kind: 'final', verdict: failed(verdict) }
    if (areAllThatIsLeft || refusedRows >= SEVERAL_ROWS) return { kind: 'halt' }
  }
  const dueAt = now + context.backoffMs(Math.max(refused, standstill?.refusals ?? 1))
  return { kind: 'again', row: { ...row, refused, refusedAt: now, dueAt } }
}

/** That others are served with the same credentials was seen already where the API refuses the credentials. */
function isOwn({ refusedAt }: OpenRow, { code }: HaltVerdict, health: RefusalContext['health']): boolean {
  return code === 401 || (refusedAt !== undefined && health.answeredSince(refusedAt))
}

function failed({ reason, remedy, code, byGateway, requestId }: HaltVerdict): FinalVerdict {
  return {
    kind: 'final',
    result: 'failed',
    status: 'failed',
    code,
    message: `No final answer: ${reason}`,
    hint: byGateway === true ? LET_IT_PASS : remedy,
    warnings: [],
    sideEffects: [],
    requestId,
  }
}

const LET_IT_PASS =
  'Something that stands before the API, such as a firewall, refuses what this row holds while others pass: look at its ' +
  'values, or have whoever runs it let them pass.'
