import type { Ledger } from '../ledger/ledger.ts'
import { countRejects } from '../ledger/rejects.ts'
import type { Status } from '../model.ts'

/** What summary.json says of a run beside its rows. */
interface Looked {
  readonly skipped_because: readonly { readonly message: string }[]
  readonly doubts?: readonly unknown[]
  readonly remarks?: readonly string[]
}

/**
 * Whether a run has something for people to look at: rows that did not succeed, went without something or were skipped as
 * news, or values that may not be meant as they were read. What is finished is good without it alone.
 */
export function isToLookAt(run: Readonly<Record<Status, number>> & Looked): boolean {
  const { skipped_because: reasons, doubts = [], remarks = [] } = run
  const rows = countRejects(run) + run.warned + doubts.length + remarks.length
  return rows > 0 || reasons.some(({ message }) => !isUnchanged(message))
}

/** Whether a row was skipped since a sync has it as done, and it is as it was then: that is no news. */
export function isUnchanged(message: string): boolean {
  return message.startsWith('unchanged since')
}

/** The meta of a ledger in which a session notes what is to be said of columns. */
export const REMARKS = 'remarks'

/** What the sessions of a run noted of its columns; nothing where there is nothing to say. */
export function remarksOf(ledger: Pick<Ledger, 'meta'>): Pick<Looked, 'remarks'> {
  const noted = ledger.meta.get(REMARKS)
  return Array.isArray(noted) && noted.length > 0 ? { remarks: noted as readonly string[] } : {}
}
