import { countRejects } from '../ledger/rejects.ts'
import { formatCount, plural } from '../words.ts'
import { type RunCounts, runSentence } from './run-sentence.ts'

/** What a sentence on a verification is made from. */
export interface VerificationCounts extends RunCounts {
  /** The run whose members were looked up, and of how many of them where not all were. */
  readonly verifies: string
  readonly sample?: { readonly of: number } | undefined
}

/** The verdict on a verification, in a sentence that goes on from its name. */
export function verificationSentence(verification: VerificationCounts): string {
  const { state, rows, verifies, sample } = verification
  if (state !== 'finished') return runSentence(verification)
  if (rows === 0) return `nothing to look up; run ${verifies} imported no member.`
  const members =
    sample === undefined
      ? plural(rows, 'member')
      : `${plural(rows, 'member')} that were chosen at random of ${formatCount(sample.of)}`
  const rejects = countRejects(verification)
  return rejects === 0
    ? `finished, all ${members} are as run ${verifies} recorded.`
    : `finished; ${formatCount(rejects)} of ${members} are not as run ${verifies} recorded.`
}
