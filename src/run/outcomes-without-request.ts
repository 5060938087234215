import { laneNamed } from '../lanes/lanes.ts'
import type { SkipReason } from '../lanes/lane.ts'
import type { LaneName, Outcome, ProgramOutcome } from '../model.ts'

/** A row that was never sent: the file or the plan has no request for it. */
export function invalidOutcome(row: number, lane: LaneName, why: SkipReason): Outcome {
  return withoutRequest(row, lane, 'invalid', why)
}

/** A row that was not sent on purpose. */
export function skippedOutcome(row: number, lane: LaneName, why: SkipReason): Outcome {
  const outcome = withoutRequest(row, lane, 'skipped', why)
  return why.lossy === true ? { ...outcome, status: 'warned' } : outcome
}

/** A row all of whose partner programs were done by an earlier run. */
export function doneEarlierOutcome(row: number, lane: LaneName, programs: readonly ProgramOutcome[]): Outcome {
  const { result = 'skipped', message } = laneNamed(lane).programs?.doneEarlier ?? {}
  return { ...withoutRequest(row, lane, 'skipped', { message }), result, status: 'ok', programs }
}

function withoutRequest(
  row: number,
  lane: LaneName,
  word: 'invalid' | 'skipped',
  { message, hint }: SkipReason,
): Outcome {
  return {
    row,
    lane,
    result: word,
    status: word,
    message,
    hint,
    warnings: [],
    sideEffects: [],
    attempts: 0,
    finishedAt: new Date().toISOString(),
  }
}
