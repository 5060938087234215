import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RowState } from '../ledger/ledger.ts'
import { byLane, laneNamed, ofLane } from '../lanes/lanes.ts'
import type { Json, LaneName, Outcome } from '../model.ts'
import type { CompiledPlan, Rendered } from '../plan/compile-plan.ts'
import { memberName } from '../plan/identifiers.ts'
import { type Batch, Batcher } from './batcher.ts'
import type { DispatchQueue } from './dispatch-queue.ts'
import type { Flight, LaneOutcomes } from './flight.ts'
import { MemberGate } from './member-gate.ts'
import { type NextLane, nextLane } from './next-lane.ts'
import { invalidOutcome, skippedOutcome } from './outcomes-without-request.ts'
import { entryOf } from './entry-of.ts'
import { ownWarnings } from './own-warnings.ts'
import { type RenderedRequests, remainingRequests } from './remaining-requests.ts'
import type { RunRow } from './run-row.ts'
import { TakenOutcomes } from './taken-outcomes.ts'
import type { Window } from './settings.ts'
import { weightOf } from './weight-of.ts'

export interface DispatcherOptions {
  readonly plan: CompiledPlan
  readonly queue: DispatchQueue
  readonly window: Window
  /** Rows a batch holds, by lane. */
  readonly batchRows: Readonly<Record<LaneName, number>>
  /** The first number that no batch of the lane has had. */
  readonly nextBatch: (lane: LaneName) => number
  /** Of those rows, what the ledger knows: nothing on a run's first start. */
  readonly known: (first: number, last: number) => readonly RowState[]
}

/** Rows between two looks at the event loop: requests leave on time though a file is being read. */
const ROWS_A_TURN = 100

/**
 * Turns rows into batches on the lanes, a window of them at a time, and sees each through to its outcomes: a row that
 * is done with a lane goes on to the next, and what waits for its member follows when that is done.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions
  readonly #flights = new Map<number, Flight>()
  readonly #gate = new MemberGate<Flight>()
  readonly #batchers: Readonly<Record<LaneName, Batcher<Flight>>>
  readonly #changed: (() => void)[] = []
  readonly #taken: TakenOutcomes
  readonly #going: Flight[] = []
  /** Places that were passed, in order, in front of which rows may still be open. */
  #passed: { readonly row: number; readonly place: Json }[] = []
  #bytes = 0

  constructor(options: DispatcherOptions) {
    this.#options = options
    this.#batchers = byLane((lane) => this.#batcher(lane))
    this.#taken = new TakenOutcomes((row, lane) => options.queue.outcomeOf(row, lane))
  }

  /** Takes rows of the file, in order; waits while the window is full. Rejects when the signal aborts. */
  async offer(rows: readonly RunRow[], signal: AbortSignal): Promise<void> {
    const last = rows.at(-1)
    if (last === undefined) return
    let known: ReadonlyMap<number, RowState> | undefined
    for (const [index, row] of rows.entries()) {
      // What the ledger knows is asked anew after each wait: outcomes may have come meanwhile.
      if (index % ROWS_A_TURN === 0) {
        await nextTurn()
        known = undefined
      }
      while (this.#isFull()) {
        await this.#change(signal)
        known = undefined
      }
      signal.throwIfAborted()
      // By their place in the chunk: the numbers of rows that were selected from a file are far apart.
      known ??= this.#known(row.row, (rows[index + ROWS_A_TURN] ?? last).row)
      this.#take(row, known.get(row.row))
    }
  }

  #known(first: number, last: number): ReadonlyMap<number, RowState> {
    return new Map(this.#options.known(first, last).map((state) => [state.row, state]))
  }

  /** The rows that were offered so far end at that place, with this row: the ledger hears of it once all of them are done. */
  passed(row: number, place: Json): void {
    this.#passed.push({ row, place })
    this.#tellPassed()
  }

  #tellPassed(): void {
    // Rows come in order, so the first that is in flight is the lowest.
    const [lowest = Infinity] = this.#flights.keys()
    const done = this.#passed.findLast(({ row }) => row < lowest)
    if (done === undefined) return
    this.#passed = this.#passed.filter(({ row }) => row > done.row)
    this.#options.queue.passed(done.place)
  }

  /** No further rows come: what has gathered leaves. */
  flush(): void {
    for (const batcher of Object.values(this.#batchers)) batcher.flush()
  }

  /** Resolves when no more rows than `most` are without outcomes, with how many are. */
  async until(most: number, signal: AbortSignal): Promise<number> {
    while (this.#flights.size > most) await this.#change(signal)
    return this.#flights.size
  }

  /** Resolves when every row has its outcomes. */
  async finish(signal: AbortSignal): Promise<void> {
    this.flush()
    await this.until(0, signal)
    await this.#options.queue.drained()
  }

  /** The ledger has these outcomes now. */
  settled(outcomes: readonly Outcome[]): void {
    this.#options.queue.settled(outcomes)
    for (const outcome of outcomes) {
      const flight = this.#flights.get(outcome.row)
      if (flight !== undefined && flight.lane === outcome.lane) this.#advance(flight, outcome)
    }
    for (const flight of this.#taken.settled(outcomes)) this.#go(flight)
    if (this.#passed.length > 0) this.#tellPassed()
    for (const wake of this.#changed.splice(0)) wake()
  }

  close(): void {
    for (const batcher of Object.values(this.#batchers)) batcher.close()
  }

  #take(row: RunRow, known: RowState | undefined): void {
    // Rows that are done are rendered as well: the plan may have to know them, to see who repeats them.
    const rendered = this.#options.plan.render(row)
    if (known?.status !== undefined) return
    if (rendered.kind === 'requests') this.#begin(row, rendered, known)
    else this.#recordUnsent(row, rendered)
  }

  #recordUnsent(row: RunRow, rendered: Exclude<Rendered, { kind: 'requests' }>): void {
    const { plan, queue } = this.#options
    const outcomeOf = rendered.kind === 'invalid' ? invalidOutcome : skippedOutcome
    const outcomes = plan.lanes.map(
      (lane) => row.earlier?.done.find((done) => done.lane === lane) ?? outcomeOf(row.row, lane, rendered),
    )
    queue.record({ ...entryOf(row, rendered.key), asks: plan.lanes }, outcomes)
  }

  #begin(row: RunRow, rendered: RenderedRequests, known: RowState | undefined): void {
    const { plan, queue } = this.#options
    const { earlier } = row
    const asks = plan.lanes.filter(
      (lane) => (rendered.requests[lane] ?? rendered.skips?.[lane] ?? rendered.taken?.[lane]) !== undefined,
    )
    const { requests, done } = remainingRequests(row.row, rendered, asks, earlier)
    const outcomes: LaneOutcomes = {}
    for (const outcome of done) outcomes[outcome.lane] = outcome
    Object.assign(outcomes, known?.outcomes)
    const taken = rendered.taken ?? {}
    const { lane, skipped } = nextLane(asks, outcomes, taken)
    const entry = { ...entryOf(row, rendered.key), asks }
    const recorded = [...(known === undefined ? done : []), ...skippedOutcomes(row.row, skipped)]
    if (recorded.length > 0) queue.record(known === undefined ? entry : undefined, recorded)
    if (lane === undefined) return
    const flight: Flight = {
      row: row.row,
      asks,
      entry: known !== undefined || recorded.length > 0 ? undefined : entry,
      members: rendered.members.map(memberName),
      requests,
      outcomes,
      programsDone: earlier?.programsDone ?? {},
      taken,
      warnings: ownWarnings({ ...rendered, requests }),
      member: rendered.member ?? row.row,
      uncertain: earlier?.uncertain ?? [],
      lane,
      ambiguous: earlier?.uncertain.includes(lane) === true,
      bytes: weightOf(row.input, requests),
    }
    this.#flights.set(row.row, flight)
    this.#bytes += flight.bytes
    const batch = known?.batches[lane]
    if (batch === undefined) this.#enter(flight)
    else this.#rejoin(flight, batch)
  }

  #isFull(): boolean {
    const { rows, bytes } = this.#options.window
    return this.#flights.size >= rows || this.#bytes >= bytes
  }

  /** A row that an earlier session of the run dispatched in that batch. */
  #rejoin(flight: Flight, batch: number): void {
    // It may be in flight already: it stands first in its member's line, whoever was met before.
    this.#gate.enter(flight)
    this.#options.queue.rejoin(flight, batch)
  }

  #enter(flight: Flight): void {
    if (this.#gate.enter(flight)) this.#go(flight)
  }

  /** Each in turn: rows that take their outcomes from others may be done at once, and let more go. */
  #go(flight: Flight): void {
    this.#going.push(flight)
    if (this.#going.length > 1) return
    for (let next = this.#going[0]; next !== undefined; next = this.#going[0]) {
      this.#send(next)
      this.#going.shift()
    }
  }

  #send(flight: Flight): void {
    const from = flight.taken[flight.lane]
    if (from === undefined) {
      ofLane(this.#batchers, flight.lane).add(flight)
      return
    }
    const outcome = this.#taken.take(flight, from)
    if (outcome === undefined) return
    this.#options.queue.record(flight.entry, [outcome])
    flight.entry = undefined
    this.#advance(flight, outcome)
  }

  #advance(flight: Flight, outcome: Outcome): void {
    flight.outcomes[outcome.lane] = outcome
    const { lane, skipped } = nextLane(flight.asks, flight.outcomes, flight.taken)
    if (skipped.length > 0) this.#options.queue.record(undefined, skippedOutcomes(outcome.row, skipped))
    if (lane !== undefined) {
      flight.lane = lane
      flight.ambiguous = flight.uncertain.includes(lane)
      this.#go(flight)
      return
    }
    this.#flights.delete(flight.row)
    this.#bytes -= flight.bytes
    for (const waiting of this.#gate.leave(flight)) this.#go(waiting)
  }

  #batcher(lane: LaneName): Batcher<Flight> {
    const { batchRows, nextBatch, queue } = this.#options
    const { groupOf } = laneNamed(lane)
    return new Batcher<Flight>({
      lane,
      size: ofLane(batchRows, lane),
      firstNumber: nextBatch(lane),
      groupOf: ({ requests: { [lane]: request } }) => (request === undefined ? '' : (groupOf?.(request) ?? '')),
      onBatch: (batch: Batch<Flight>) => queue.dispatch(batch),
    })
  }

  #change(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    this.#changed.push(() => {
      signal.removeEventListener('abort', abort)
      resolve()
    })
    return promise
  }
}

function skippedOutcomes(row: number, skipped: NextLane['skipped']): readonly Outcome[] {
  return skipped.map(({ lane, why }) => skippedOutcome(row, lane, why))
}
