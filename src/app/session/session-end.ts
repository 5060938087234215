import { lookUpCode } from '../../lanes/catalogue.ts'
import type { CodeCount, Ledger } from '../../ledger/ledger.ts'
import { countRejects } from '../../ledger/rejects.ts'
import type { Summary } from '../../report/summary.ts'
import { IN_FLIGHT, ROWS_IN_ALL } from '../runs/expectations.ts'
import type { RunRecord } from '../../run/run-record.ts'

/** What was said how often, and what to do about it where that is known. */
export type Problem = CodeCount & { readonly remedy?: string }

/** How a run stands when nobody is at work on it any more, or for the moment. */
export interface SessionEnd {
  readonly record: RunRecord
  readonly summary: Summary
  /** Rows rejected, failed or invalid. */
  readonly rejects: number
  /** Rows that the file has beyond those that were read, as far as that is known. */
  readonly notRead: number
  /** Rows that its workers had in hand a moment ago; undefined where nobody knows. */
  readonly inFlight: number | undefined
  /** Most rows first. */
  readonly problems: readonly Problem[]
}

export function sessionEnd(record: RunRecord, summary: Summary, ledger: Pick<Ledger, 'codes' | 'meta'>): SessionEnd {
  const [inAll, inFlight] = [ledger.meta.get(ROWS_IN_ALL), ledger.meta.get(IN_FLIGHT)]
  return {
    record,
    summary,
    rejects: countRejects(summary),
    notRead: typeof inAll === 'number' ? Math.max(inAll - summary.rows, 0) : 0,
    inFlight: typeof inFlight === 'number' ? inFlight : undefined,
    problems: ledger.codes().map(withRemedy),
  }
}

function withRemedy(count: CodeCount): Problem {
  const { lane, code, message } = count
  const remedy = code === undefined ? undefined : lookUpCode(lane, 'error', code, message)?.remedy
  return { ...count, remedy }
}
