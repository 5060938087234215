import type { Counts } from '../ledger/ledger.ts'

/** A plan's `stop_when`: halt where at least that share of the rows that the API answered was rejected. */
export interface StopWhen {
  /** From 0 to 1. */
  readonly rejected: number
  /** Answered rows before which nothing is concluded. */
  readonly after: number
}

/** Why the run should halt now, in words; undefined while it may go on. */
export function reasonToStop({ statuses }: Counts, { rejected, after }: StopWhen): string | undefined {
  const answered = statuses.ok + statuses.warned + statuses.rejected + statuses.failed
  if (answered < after || statuses.rejected < rejected * answered) return undefined
  return (
    `${statuses.rejected} of the first ${answered} rows were rejected, ` +
    `and the plan says to stop at ${Math.round(rejected * 100)} % (stop_when).`
  )
}
