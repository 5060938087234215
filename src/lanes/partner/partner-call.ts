import type { Codes } from '../../capillary/code-table.ts'
import type { Json, ProgramOutcome } from '../../model.ts'

/** What the calls of the partner program differ in, as far as their replies go. */
export interface PartnerCall {
  /** What a program comes to that went through. */
  readonly done: Exclude<ProgramOutcome['result'], 'rejected' | 'failed'>
  /** What is asked for a program, in a word. */
  readonly noun: string
  readonly codes: Codes
  /** Where the reply says nothing of a program. */
  unsaid(program: string): string
  /** What is said where a program is found as asked for after a lost reply, which may be none of our doing. Absent: it counts as ours. */
  unproven?(program: string): string
}

/** A row as such a call carries it. */
export interface PartnerRow {
  readonly customer: Readonly<Record<string, Json>>
  /** Whom an earlier lane found it to be. */
  readonly customerId?: string
  /** Each with a `partnerProgramName`. */
  readonly programs: readonly Json[]
}
