import { setTimeout as delay } from 'node:timers/promises'
import type { Broker } from '../broker/broker.ts'
import type { JobPlace } from '../broker/damaged-jobs.ts'
import { type BatchJob, type BatchSettings, batchJobId, laneQueueName } from '../broker/jobs.ts'
import { laneTurns } from '../broker/turns.ts'
import type { Ledger, RowEntry } from '../ledger/ledger.ts'
import { byLane, laneNames, ofLane } from '../lanes/lanes.ts'
import type { Json, LaneName, Outcome } from '../model.ts'
import type { Batch } from './batcher.ts'
import { type Priority, TurnTaker } from './turn-taker.ts'
import { type Flight, jobRow } from './flight.ts'
import { hasAnswered } from './rows-left.ts'
import { inParts } from './in-parts.ts'
import type { JobOnLane } from './untaken.ts'

export interface DispatchQueueOptions {
  readonly run: string
  readonly account: string
  readonly broker: Broker
  readonly ledger: Ledger
  readonly settings: Readonly<Record<LaneName, BatchSettings>>
  readonly priority: Priority
  readonly wasAnswered: boolean
  /** Outcomes of our own that the ledger has taken. */
  readonly onUnsent?: (outcomes: readonly Outcome[]) => void
  /** The ledger or the broker failed for good. */
  readonly onFault: (error: unknown) => void
}

const GATHER_MS = 20

/** A batch on its lane's queue, with those of its rows that have no outcome yet. */
interface Dispatched {
  readonly id: string
  readonly lane: LaneName
  readonly number: number
  readonly open: Map<number, Flight>
  /** Rows that an earlier session of the run put into it, and that this one has not met in the file yet. */
  readonly expected: Set<number>
  /** How often running it was not on its queue. */
  missing: number
  /** Lost by the broker before this session: to be dispatched again once all of its rows were met. */
  lost: boolean
}

/**
 * The way onto the lanes: first into the ledger, then onto the queue, several batches at a time. It knows every batch
 * that is out, and dispatches one again where the broker has lost it.
 */
export class DispatchQueue {
  readonly #options: DispatchQueueOptions
  readonly #out = new Map<string, Dispatched>()
  /** By lane and row, the batch that carries the row. */
  readonly #carriers = new Map<LaneName, Map<number, Dispatched>>(laneNames.map((lane) => [lane, new Map()]))
  #entries: RowEntry[] = []
  #outcomes: Outcome[] = []
  #batches: Dispatched[] = []
  #place: Json | undefined
  #work: Promise<void> | undefined
  readonly #paces = new Map<LaneName, number>()
  readonly #turns: Readonly<Record<LaneName, TurnTaker>>

  constructor(options: DispatchQueueOptions) {
    this.#options = options
    this.#turns = byLane((lane) => this.#turnTaker(lane))
    for (const { lane, batch, rows } of options.ledger.openBatches()) this.#track(lane, batch, [], rows)
  }

  /** Writes outcomes of our own into the ledger, with the row's entry where it has none yet. */
  record(entry: RowEntry | undefined, outcomes: readonly Outcome[]): void {
    if (entry !== undefined) this.#entries.push(entry)
    this.#outcomes.push(...outcomes)
    this.#start()
  }

  /** Every row before that place in the file is done by what was given so far: the ledger is told so, behind all of it. */
  passed(place: Json): void {
    this.#place = place
    this.#start()
  }

  /** A row's outcome on a lane, as far as it is known: in the ledger, or on its way there from here. */
  outcomeOf(row: number, lane: LaneName): Outcome | undefined {
    const isIt = (outcome: Outcome) => outcome.row === row && outcome.lane === lane
    return this.#options.ledger.row(row)?.outcomes[lane] ?? this.#outcomes.find(isIt)
  }

  dispatch({ lane, number, rows }: Batch<Flight>): void {
    this.#batches.push(this.#track(lane, number, rows, []))
    this.#start()
  }

  /** The broker does not have these batches of an earlier session: they go out again when all of their rows are here. */
  markLost(ids: readonly string[]): void {
    for (const id of ids) {
      const batch = this.#out.get(id)
      if (batch !== undefined) batch.lost = true
    }
  }

  /** A row that an earlier session dispatched in that batch. A worker may be finishing it at this moment. */
  rejoin(flight: Flight, number: number): void {
    const batch = this.#out.get(batchJobId(this.#options.run, flight.lane, number))
    if (batch?.expected.delete(flight.row) !== true) throw new Error(`row ${flight.row} is not in batch ${number}`)
    flight.ambiguous = true
    batch.open.set(flight.row, flight)
    this.#dispatchIfLost(batch)
  }

  /** Another limit for what is dispatched from now on, in requests per minute. */
  setPace(lane: LaneName, rpm: number): void {
    this.#paces.set(lane, rpm)
  }

  /** The ledger has these outcomes. */
  settled(outcomes: readonly Outcome[]): void {
    for (const { lane, row } of outcomes) {
      const carrier = this.#carriers.get(lane)
      const batch = carrier?.get(row)
      if (carrier === undefined || batch === undefined) continue
      carrier.delete(row)
      batch.open.delete(row)
      if (batch.expected.delete(row)) this.#dispatchIfLost(batch)
      if (batch.open.size === 0 && batch.expected.size === 0) this.#out.delete(batch.id)
    }
  }

  /** Whether no rows but these are on a lane. */
  hasOnly(rows: ReadonlySet<number>): boolean {
    return this.#carriers.values().every((carriers) => carriers.keys().every((row) => rows.has(row)))
  }

  /** Resolves when all that was given so far is in the ledger and on the queues. */
  async drained(): Promise<void> {
    while (this.#work !== undefined) await this.#work
  }

  /**
   * Looks for batches that the broker no longer has though their rows are open, as after a Redis that came back empty,
   * and dispatches them again. To be called now and then while no outcome waits to be recorded. Gives how all stand.
   */
  async findLost(): Promise<readonly JobOnLane[]> {
    const lost: Dispatched[] = []
    const seen: JobOnLane[] = []
    for (const batch of Array.from(this.#out.values())) {
      if (this.#batches.includes(batch)) continue
      const state = await this.#queue(batch.lane).getJobState(batch.id)
      seen.push({ lane: batch.lane, state })
      if (batch.expected.size > 0) continue
      batch.missing = state === 'unknown' ? batch.missing + 1 : 0
      // Twice: the first time its last outcomes may have been on their way.
      if (batch.missing >= 2 && this.#out.has(batch.id)) lost.push(batch)
    }
    for (const batch of lost) {
      // What is left of it may be in no queue, and would keep it from being added again. 0: a worker has it in hand.
      if ((await this.#queue(batch.lane).remove(batch.id)) === 0) continue
      batch.missing = 0
      for (const flight of batch.open.values()) flight.ambiguous = true
      this.#batches.push(batch)
    }
    if (lost.length > 0) this.#start()
    return seen
  }

  /** The jobs that are out, and on which queues. */
  jobs(): readonly JobPlace[] {
    return Array.from(this.#out.values(), ({ id, lane }) => ({ queue: laneQueueName(this.#options.account, lane), id }))
  }

  /** Takes what still waits off the queues: the run was cancelled. */
  async withdraw(): Promise<void> {
    for (const { id, lane } of this.#out.values())
      await this.#queue(lane)
        .remove(id)
        .catch(() => {})
  }

  #track(lane: LaneName, number: number, flights: readonly Flight[], expected: readonly number[]): Dispatched {
    const id = batchJobId(this.#options.run, lane, number)
    const open = new Map(flights.map((flight) => [flight.row, flight]))
    const batch: Dispatched = { id, lane, number, open, expected: new Set(expected), missing: 0, lost: false }
    this.#out.set(id, batch)
    for (const row of [...open.keys(), ...expected]) this.#carriers.get(lane)?.set(row, batch)
    return batch
  }

  #dispatchIfLost(batch: Dispatched): void {
    if (!batch.lost || batch.expected.size > 0 || batch.open.size === 0) return
    this.#batches.push(batch)
    this.#start()
  }

  #start(): void {
    this.#work ??= this.#run().finally(() => (this.#work = undefined))
  }

  async #run(): Promise<void> {
    try {
      while (this.#entries.length + this.#outcomes.length + this.#batches.length > 0 || this.#place !== undefined) {
        // Each transaction waits for the disk: one for all that comes within a moment.
        await delay(GATHER_MS)
        const batches = this.#batches
        this.#batches = []
        this.#writeLedger(batches)
        await this.#addJobs(batches)
      }
    } catch (error) {
      this.#options.onFault(error)
    }
  }

  #writeLedger(batches: readonly Dispatched[]): void {
    const rows = this.#entries
    const outcomes = this.#outcomes
    const place = this.#place
    this.#entries = []
    this.#outcomes = []
    this.#place = undefined
    const assign = []
    for (const { lane, number, open } of batches) {
      for (const flight of open.values()) {
        if (flight.entry === undefined) assign.push({ row: flight.row, lane, batch: number })
        else rows.push({ ...flight.entry, batches: { [lane]: number } })
        flight.entry = undefined
      }
    }
    const fresh = this.#options.ledger.write({ rows, assign, outcomes, ...(place !== undefined && { place }) })
    this.#options.onUnsent?.(fresh)
  }

  async #addJobs(batches: readonly Dispatched[]): Promise<void> {
    // Rows with outcomes of our own alone wait for no broker: they would pile up meanwhile, read as fast as the file is.
    if (batches.length === 0) return
    const { run, broker } = this.#options
    const generation = await broker.generation()
    for (const lane of laneNames) {
      const added = batches.filter((batch) => batch.lane === lane)
      if (added.length === 0) continue
      const turns = await ofLane(this.#turns, lane).take(added.length)
      const settings = this.#settings(lane)
      const jobs = added.map(({ id, number, open }, at) => ({
        name: 'batch',
        data: {
          run,
          lane,
          batch: number,
          settings,
          rows: [...open.values()].map(jobRow),
          pass: 0,
          generation,
        },
        opts: { jobId: id, priority: turns[at] },
      }))
      // A job that is there already under its id is left as it is.
      for (const some of inParts(jobs)) await broker.patiently(() => this.#queue(lane).addBulk(some))
    }
  }

  #settings(lane: LaneName): BatchSettings {
    const { ledger, wasAnswered } = this.#options
    const settings = ofLane(this.#options.settings, lane)
    const rpm = this.#paces.get(lane) ?? settings.rpm
    return { ...settings, rpm, answered: wasAnswered || hasAnswered(ledger) }
  }

  #turnTaker(lane: LaneName): TurnTaker {
    const { account, broker, priority } = this.#options
    return new TurnTaker(laneQueueName(account, lane), laneTurns(broker), priority)
  }

  #queue(lane: LaneName) {
    return this.#options.broker.queue<BatchJob>(laneQueueName(this.#options.account, lane))
  }
}
