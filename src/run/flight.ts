import type { JobRow } from '../broker/jobs.ts'
import type { RowEntry } from '../ledger/ledger.ts'
import type { LaneName, LaneRequest, Outcome, ProgramOutcome } from '../model.ts'
import type { Requests } from '../plan/compile-plan.ts'
import type { OwnWarnings } from './own-warnings.ts'

/** A row between the file and the ledger: what it asks for, and where it is. */
export interface Flight {
  readonly row: number
  readonly asks: readonly LaneName[]
  /** What the ledger does not have yet: with it, what stands in the file leaves this process' memory. */
  entry: RowEntry | undefined
  /** The identifiers that name its member. */
  readonly members: readonly string[]
  readonly requests: Requests
  /** What its lanes have come to so far. */
  readonly outcomes: LaneOutcomes
  /** By lane, the partner programs that an earlier run has done: the request holds the others alone. */
  readonly programsDone: Readonly<Record<LaneName, readonly ProgramOutcome[]>>
  /** Lanes whose outcome is that of an earlier row, which asks for this one as well. */
  readonly taken: Readonly<Record<LaneName, number>>
  readonly warnings: OwnWarnings
  /** The first row that names the same member: itself, where no earlier one does. */
  readonly member: number
  /** Lanes of which an earlier run got no final answer. */
  readonly uncertain: readonly LaneName[]
  /** The lane that it is on, or waits for. */
  lane: LaneName
  /** What it takes, about: see `weightOf`. */
  readonly bytes: number
  /** It was dispatched before, and nobody knows what became of that: its request may have been carried out. */
  ambiguous: boolean
}

/** What lanes have come to, as far as it decides on the lanes behind them. */
export type LaneOutcomes = Record<LaneName, Pick<Outcome, 'result' | 'status' | 'customerId'>>

function requestOf(flight: Flight): LaneRequest {
  const request = flight.requests[flight.lane]
  if (request === undefined) throw new Error(`row ${flight.row} asks nothing of lane ${flight.lane}`)
  return request
}

/** The row as its lane's job carries it. */
export function jobRow(flight: Flight): JobRow {
  const row = { row: flight.row, request: requestOf(flight), sent: 0, attempts: 0 }
  const { [flight.lane]: programsDone = [] } = flight.programsDone
  const { [flight.lane]: warnings = [] } = flight.warnings
  const customerId = Object.values(flight.outcomes).find((outcome) => outcome.customerId !== undefined)?.customerId
  return {
    ...row,
    ...(customerId !== undefined && { customerId }),
    ...(programsDone.length > 0 && { programsDone }),
    ...(flight.ambiguous && { ambiguous: true }),
    ...(flight.member !== flight.row && { repeats: true, member: flight.member }),
    ...(warnings.length > 0 && { warnings }),
  }
}
