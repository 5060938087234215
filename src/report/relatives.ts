import type { CodeCount } from '../ledger/ledger.ts'
import type { LaneName, Status } from '../model.ts'

/** How the rows of a file stand after all runs over it: the first one, its reruns, and what verified them. */
export interface FamilyCounts extends Readonly<Record<Status, number>> {
  /** In the order in which they began. */
  readonly runs: readonly string[]
  readonly rows: number
}

/** What the last verification of a run found. */
export interface VerificationFindings {
  readonly run: string
  readonly state: 'finished' | 'paused' | 'halted' | 'cancelled'
  readonly finishedAt?: string
  readonly members: number
  /** Where they were chosen at random: of how many. */
  readonly sampleOf?: number
  /** The lanes of which no look-up tells what they did. */
  readonly unseen?: readonly LaneName[]
  /** There, as recorded. */
  readonly verified: number
  /** There, though the import had no final answer. */
  readonly found: number
  /** Not as recorded, or not there. */
  readonly differing: number
  /** Without a final answer. */
  readonly unanswered: number
  /** What differs, most members first. */
  readonly differences: readonly Pick<CodeCount, 'code' | 'message' | 'rows' | 'firstRow'>[]
  /** Where its verify.csv is. */
  readonly file: string
}
