import type { BatchSettings } from '../src/broker/jobs.ts'
import { giveUp } from '../src/capillary/give-up.ts'
import type { FinalVerdict, RetryVerdict } from '../src/capillary/verdict.ts'
import type { Lane } from '../src/lanes/lane.ts'
import type { OpenRow } from './open-row.ts'

export interface RetryContext {
  readonly settings: BatchSettings
  /** Milliseconds on the process' own clock. */
  readonly now: number
  /** False where the failure was the host's outage or the account's, which is no fault of the row. */
  readonly costsAttempt: boolean
  /** How the lane's request is about several partner programs, where it is. */
  readonly programs?: Lane['programs']
  /** How long to wait after that many failed attempts, in milliseconds. */
  readonly backoffMs: (attempt: number) => number
}

export type Progress =
  | { readonly kind: 'again'; readonly row: OpenRow }
  | { readonly kind: 'final'; readonly verdict: FinalVerdict }

/** What a passing failure makes of a row: it is tried again later, or has failed where it had its attempts. */
export function afterRetryVerdict(row: OpenRow, verdict: RetryVerdict, context: RetryContext): Progress {
  const { settings, now, costsAttempt } = context
  const attempts = row.attempts + (costsAttempt ? 1 : 0)
  // An outage also stops the clock: it began after the row's trouble, or was the trouble.
  const failingSince = costsAttempt ? (row.failingSince ?? now) : undefined
  const spent = attempts >= settings.retryAttempts || now - (failingSince ?? now) >= settings.retryForMs
  if (spent) return { kind: 'final', verdict: giveUp(verdict) }
  return {
    kind: 'again',
    row: {
      ...row,
      attempts,
      failingSince,
      failedAt: now,
      ambiguous: row.ambiguous === true || verdict.ambiguous,
      request: verdict.request ?? withProgramsLeft(row.request, verdict, context.programs),
      programsDone: verdict.programsDone ?? row.programsDone,
      dueAt: now + (verdict.afterMs ?? context.backoffMs(costsAttempt ? attempts : 1)),
    },
  }
}

/** Only the programs that are still open are sent again. */
function withProgramsLeft(
  request: OpenRow['request'],
  { programsLeft }: RetryVerdict,
  programs: Lane['programs'],
): OpenRow['request'] {
  return programsLeft === undefined || programs === undefined ? request : programs.only(request, programsLeft)
}
