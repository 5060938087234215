import { lanes } from '../lanes/lanes.ts'
import { isProgramDone } from '../ledger/row-status.ts'
import type { LaneName, Outcome, ProgramOutcome, SourceRow } from '../model.ts'
import { type FamilyRow, isDone } from './family-rows.ts'

/** What earlier runs over the file came to for a row: a rerun sends what is left, and nothing else. */
export interface Earlier {
  /** Outcomes of lanes that are done: copied into the rerun's ledger, without a request. */
  readonly done: readonly Outcome[]
  /** By lane, the partner programs that are done. */
  readonly programsDone: Readonly<Record<LaneName, readonly ProgramOutcome[]>>
  /** Lanes whose requests have no final answer: they may have been carried out. */
  readonly uncertain: readonly LaneName[]
}

/** A row of the file as a run takes it. */
export interface RunRow extends SourceRow {
  readonly earlier?: Earlier
}

/** What is there already of a row that goes again. */
export function earlierOf({ outcomes }: FamilyRow): Earlier {
  const all = lanes.flatMap(({ name }) => outcomes[name] ?? [])
  return {
    // The requests were those of another run.
    done: all.filter(isDone).map((outcome) => ({ ...outcome, attempts: 0 })),
    programsDone: Object.fromEntries(all.map(({ lane, programs = [] }) => [lane, programs.filter(isProgramDone)])),
    uncertain: all.filter(({ status, attempts }) => status === 'failed' && attempts > 0).map(({ lane }) => lane),
  }
}
