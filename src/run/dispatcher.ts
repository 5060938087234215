import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RowEntry, RowState } from '../ledger/ledger.ts'
import type { Input, Json, LaneName, LinkRequest, Outcome, ProgramOutcome, SourceRow } from '../model.ts'
import type { CompiledPlan } from '../plan/compile-plan.ts'
import { memberName } from '../plan/identifiers.ts'
import { type Batch, Batcher, parametersKey } from './batcher.ts'
import { byLane } from './by-lane.ts'
import type { DispatchQueue } from './dispatch-queue.ts'
import type { Flight } from './flight.ts'
import { isDone } from './family-rows.ts'
import { MemberGate } from './member-gate.ts'
import { invalidOutcome, linkedOutcome, skippedOutcome, unregisteredOutcome } from './own-outcomes.ts'
import type { RunRow } from './run-row.ts'
import type { Window } from './settings.ts'

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
 * Turns rows into batches on the lanes, a window of them at a time, and sees each through to its outcomes: what was
 * registered goes on to be linked, and what waits for its member follows when that is done.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions
  readonly #flights = new Map<number, Flight>()
  readonly #gate = new MemberGate<Flight>()
  readonly #batchers: Readonly<Record<LaneName, Batcher<Flight>>>
  readonly #changed: (() => void)[] = []
  #characters = 0

  constructor(options: DispatcherOptions) {
    this.#options = options
    this.#batchers = byLane((lane) => this.#batcher(lane))
  }

  /** Rows dispatched, or waiting for their member, and not yet settled. */
  get inFlight(): number {
    return this.#flights.size
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

  /** No further rows come: what has gathered leaves. Resolves when every row has its outcomes. */
  async finish(signal: AbortSignal): Promise<void> {
    for (const batcher of Object.values(this.#batchers)) batcher.flush()
    while (this.#flights.size > 0) await this.#change(signal)
    await this.#options.queue.drained()
  }

  /** The ledger has these outcomes now. */
  settled(outcomes: readonly Outcome[]): void {
    this.#options.queue.settled(outcomes)
    for (const outcome of outcomes) {
      const flight = this.#flights.get(outcome.row)
      if (flight !== undefined && flight.lane === outcome.lane) this.#advance(flight, outcome)
    }
    for (const wake of this.#changed.splice(0)) wake()
  }

  close(): void {
    for (const batcher of Object.values(this.#batchers)) batcher.close()
  }

  #take(row: RunRow, known: RowState | undefined): void {
    const { plan, queue } = this.#options
    // Rows that are done are rendered as well: the plan may have to know them, to see who repeats them.
    const rendered = plan.render(row)
    if (known?.status !== undefined) return
    if (rendered.kind !== 'requests') {
      const entry = { ...entryOf(row, rendered.key), asks: plan.lanes }
      const own = rendered.kind === 'invalid' ? invalidOutcome : skippedOutcome
      queue.record(
        entry,
        plan.lanes.map((lane) => row.earlier?.done.find((done) => done.lane === lane) ?? own(row.row, lane, rendered)),
      )
      return
    }
    const skips = plan.lanes.flatMap((lane) => {
      const words = rendered.skips?.[lane]
      return words === undefined ? [] : [skippedOutcome(row.row, lane, words)]
    })
    const asks = plan.lanes.filter((lane) => rendered[lane] !== undefined || rendered.skips?.[lane] !== undefined)
    const { earlier } = row
    const link = rendered.link && withoutLinked(rendered.link, earlier?.linked ?? [])
    const done = [...skips, ...(earlier?.done ?? []).filter(({ lane }) => asks.includes(lane))]
    if (link?.linkToPartnerPrograms.length === 0) done.push(linkedOutcome(row.row, earlier?.linked ?? []))
    const entry = { ...entryOf(row, rendered.key), asks }
    if (known === undefined && done.length > 0) queue.record(entry, done)
    const left = asks.filter((lane) => !done.some((outcome) => outcome.lane === lane))
    const [lane] = left
    if (lane === undefined) return
    const flight: Flight = {
      entry,
      members: rendered.members.map(memberName),
      register: rendered.register,
      link,
      balance: rendered.balance,
      linked: earlier?.linked ?? [],
      uncertain: earlier?.uncertain ?? [],
      lane,
      entered: known !== undefined || done.length > 0,
      suspect: earlier?.uncertain.includes(lane) === true,
      characters: charactersIn(row.input),
    }
    this.#flights.set(row.row, flight)
    this.#characters += flight.characters
    if (known === undefined) this.#enter(flight)
    else this.#takeUpAgain(flight, known)
  }

  #isFull(): boolean {
    const { rows, characters } = this.#options.window
    return this.#flights.size >= rows || this.#characters >= characters
  }

  #forget(flight: Flight): void {
    this.#flights.delete(flight.entry.row)
    this.#characters -= flight.characters
  }

  /** A row that an earlier session of the run dispatched: it goes on from where the ledger saw it last. */
  #takeUpAgain(flight: Flight, known: RowState): void {
    const registered = known.outcomes.register
    if (flight.lane === 'register' && registered !== undefined) {
      flight.lane = 'link'
      flight.suspect = flight.uncertain.includes('link')
      if (!isDone(registered)) {
        this.#options.queue.record(undefined, [unregisteredOutcome(flight.entry.row, registered)])
        this.#forget(flight)
        return
      }
    }
    const batch = known.batches[flight.lane]
    if (batch === undefined) {
      this.#enter(flight)
      return
    }
    // It may be in flight already: it stands first in its member's line, whoever was met before.
    this.#gate.enter(flight)
    this.#options.queue.again(flight, batch)
  }

  #enter(flight: Flight): void {
    if (this.#gate.enter(flight)) this.#batchers[flight.lane].add(flight)
  }

  #advance(flight: Flight, outcome: Outcome): void {
    if (outcome.lane === 'register' && flight.link !== undefined) {
      flight.lane = 'link'
      flight.suspect = flight.uncertain.includes('link')
      if (isDone(outcome)) {
        this.#batchers.link.add(flight)
        return
      }
      this.#options.queue.record(undefined, [unregisteredOutcome(outcome.row, outcome)])
    }
    this.#forget(flight)
    for (const next of this.#gate.leave(flight)) this.#batchers[next.lane].add(next)
  }

  #batcher(lane: LaneName): Batcher<Flight> {
    const { batchRows, nextBatch, queue } = this.#options
    return new Batcher<Flight>({
      lane,
      size: batchRows[lane],
      firstNumber: nextBatch(lane),
      // Only a link request carries several rows.
      kindOf: ({ link }) => (lane === 'link' && link !== undefined ? parametersKey(link) : ''),
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

function entryOf(row: SourceRow, key: string): Omit<RowEntry, 'asks'> {
  return { row: row.row, line: row.line, key, input: row.input, raw: row.raw, batches: {} }
}

/** The programs that an earlier run linked are not asked for again. */
function withoutLinked(request: LinkRequest, linked: readonly ProgramOutcome[]): LinkRequest {
  if (linked.length === 0) return request
  const names = new Set<Json>(linked.map(({ program }) => program))
  const left = request.linkToPartnerPrograms.filter(
    (program) => !names.has((program as { readonly partnerProgramName?: Json }).partnerProgramName ?? ''),
  )
  return { ...request, linkToPartnerPrograms: left }
}

function charactersIn(input: Input): number {
  if (input.kind === 'value') return JSON.stringify(input.value).length
  return input.cells.reduce((sum, cell) => sum + cell.length, 0)
}
