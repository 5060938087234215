import type { Counts } from '../ledger/ledger.ts'
import { formatShare } from '../words.ts'

/** A plan's `stop_when`: halt where at least that share of the rows that the API answered was rejected. */
export interface StopWhen {
  /** From 0 to 1. */
  readonly rejected: number
  /** Answered rows before which nothing is concluded. */
  readonly after: number
}

/**
 * Why the run should halt now, in words; undefined while it may go on. Only what was answered since `before` counts:
 * who resumes a run that halted for its rejections has looked at them.
 */
export function reasonToStop(now: Counts, before: Counts, { rejected, after }: StopWhen): string | undefined {
  const rejections = now.statuses.rejected - before.statuses.rejected
  const answered = answeredRows(now) - answeredRows(before)
  if (answered < after || rejections < rejected * answered) return undefined
  return (
    `${rejections} of the first ${answered} rows were rejected, ` +
    `and the plan says to stop at ${formatShare(rejected)} (stop_when).`
  )
}

function answeredRows({ statuses }: Counts): number {
  return statuses.ok + statuses.warned + statuses.rejected + statuses.failed
}
