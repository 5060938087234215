import type { LaneName, Outcome } from '../model.ts'
import type { Flight } from './flight.ts'

/** Rows that wait for what an earlier row of their member comes to on a lane that it is sent to for them as well. */
export class TakenOutcomes {
  readonly #outcomeOf: (row: number, lane: LaneName) => Outcome | undefined
  /** By the row that they wait for. */
  readonly #waiting = new Map<number, Flight[]>()

  /** `outcomeOf`: a row's outcome on a lane, as far as it is known. */
  constructor(outcomeOf: (row: number, lane: LaneName) => Outcome | undefined) {
    this.#outcomeOf = outcomeOf
  }

  /** The row's own outcome on its lane, by that of row `from`; where that has none yet, the row waits. */
  take(flight: Flight, from: number): Outcome | undefined {
    const outcome = this.#outcomeOf(from, flight.lane)
    if (outcome !== undefined) return takenOutcome(flight.row, outcome)
    const waiting = this.#waiting.get(from)
    if (waiting === undefined) this.#waiting.set(from, [flight])
    else waiting.push(flight)
    return undefined
  }

  /** Those that waited for one of these outcomes, which are known now. */
  settled(outcomes: readonly Outcome[]): readonly Flight[] {
    if (this.#waiting.size === 0) return []
    return outcomes.flatMap(({ row }) => {
      const waiting = this.#waiting.get(row) ?? []
      this.#waiting.delete(row)
      return waiting
    })
  }
}

/**
 * The outcome of a row whose lane an earlier row of its member asks for: that row's own, without a request. What the
 * request brought about beside (points, coupons) is told once, of the row that it was sent for.
 */
function takenOutcome(row: number, of: Outcome): Outcome {
  const { member: _, confirmed: _confirmed, requestId: _request, balances: _balances, ...said } = of
  return {
    ...said,
    // Of what that row was sent with, which may be other values.
    warnings: of.warnings.filter(({ doubt }) => doubt !== true),
    row,
    ...(of.status === 'ok' && { message: `as row ${of.row}, which is of the same member` }),
    sideEffects: [],
    attempts: 0,
    finishedAt: new Date().toISOString(),
  }
}
