import type { JobRow } from '../broker/jobs.ts'
import type { RowEntry } from '../ledger/ledger.ts'
import type { BalanceRequest, LaneName, LinkRequest, ProgramOutcome, RegisterRequest } from '../model.ts'

/** A row between the file and the ledger: what it asks for, and where it is. */
export interface Flight {
  readonly entry: RowEntry
  /** The identifiers that name its member. */
  readonly members: readonly string[]
  readonly register?: RegisterRequest
  readonly link?: LinkRequest
  readonly balance?: BalanceRequest
  /** Partner programs that an earlier run linked: the request holds the others alone. */
  readonly linked: readonly ProgramOutcome[]
  /** Lanes of which an earlier run got no final answer. */
  readonly uncertain: readonly LaneName[]
  /** The lane that it is on, or waits for. */
  lane: LaneName
  /** The size of its input. */
  readonly characters: number
  /** Whether the ledger has its entry. */
  entered: boolean
  /** It was dispatched before, and nobody knows what became of that: its request may have been carried out. */
  suspect: boolean
}

function requestOf(flight: Flight): RegisterRequest | LinkRequest | BalanceRequest {
  const request = flight[flight.lane]
  if (request === undefined) throw new Error(`row ${flight.entry.row} asks nothing of lane ${flight.lane}`)
  return request
}

/** The row as its lane's job carries it. */
export function jobRow(flight: Flight): JobRow {
  const row = { row: flight.entry.row, request: requestOf(flight), sent: 0, attempts: 0 }
  const linked = flight.lane === 'link' && flight.linked.length > 0 ? { programsDone: flight.linked } : undefined
  return { ...row, ...linked, ...(flight.suspect && { ambiguous: true }) }
}
