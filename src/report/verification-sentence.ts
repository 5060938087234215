import { countRejects } from '../ledger/rejects.ts'
import type { LaneName } from '../model.ts'
import { formatCount, plural } from '../words.ts'
import { type RunCounts, runSentence } from './run-sentence.ts'

/** What a sentence on a verification is made from. */
export interface VerificationCounts extends RunCounts {
  /** The run whose members were looked up, and of how many of them where not all were. */
  readonly verifies: string
  readonly sample?: { readonly of: number } | undefined
  /** The lanes of that run of which no look-up tells what they did. */
  readonly unseen?: readonly LaneName[] | undefined
}

/** The verdict on a verification, in a sentence that goes on from its name. */
export function verificationSentence(verification: VerificationCounts): string {
  const { state, rows, verifies, sample, unseen } = verification
  if (state !== 'finished') return runSentence(verification)
  if (rows === 0) return `nothing to look up; run ${verifies} imported no member.`
  const members =
    sample === undefined
      ? plural(rows, 'member')
      : `${plural(rows, 'member')} that were chosen at random of ${formatCount(sample.of)}`
  const rejects = countRejects(verification)
  const recorded = `as run ${verifies} recorded${unseenClause(unseen)}.`
  return rejects === 0
    ? `finished, all ${members} are ${recorded}`
    : `finished; ${formatCount(rejects)} of ${members} are not ${recorded}`
}

/** A member who is there may be linked or not, and in any tier: the API has no call that tells. Goes on from a sentence. */
export function unseenClause(lanes: readonly LaneName[] = []): string {
  return lanes.length === 0 ? '' : `; what came of ${lanes.join(' and ')}, no look-up tells`
}
