import type { Attempt, Input, Json, LaneName, Outcome, Status, Traffic } from '../model.ts'

/** The lanes that the plan asks of a row; none where it asks for nothing. */
export type Asks = readonly LaneName[]

/** The batch that carries a row, by lane, where one was assigned. */
export type Batches = Record<LaneName, number>

/** A row as the dispatcher enters it. */
export interface RowEntry {
  readonly row: number
  readonly line: number
  /** Names the member in every report. */
  readonly key: string
  readonly input: Input
  readonly raw?: string
  readonly asks: Asks
  readonly batches: Batches
}

/** What one publication of a worker brings. Recording the same id twice changes nothing. */
export interface Delivery {
  readonly id: string
  readonly outcomes: readonly Outcome[]
  readonly traffic: readonly Traffic[]
  readonly attempts?: readonly Attempt[]
}

/**
 * What a run met beside answers. Times are milliseconds since the epoch. `limit`: requests per minute from then on, none
 * where `rpm` is absent. `throttled`: nothing was sent on the lane because the API had answered 429. `outage`: the host
 * did not answer; without `until`, nobody told when it did again.
 */
export type LedgerEvent =
  | { readonly kind: 'began'; readonly at: number }
  | { readonly kind: 'ended'; readonly at: number; readonly how: 'finished' | 'paused' | 'halted' | 'cancelled' }
  | { readonly kind: 'limit'; readonly at: number; readonly lane: LaneName; readonly rpm?: number }
  | { readonly kind: 'throttled'; readonly at: number; readonly lane: LaneName; readonly until: number }
  | {
      readonly kind: 'outage'
      readonly at: number
      readonly lane: LaneName
      readonly until?: number
      readonly reason?: string
    }

/** All that one transaction writes: rows first, then assignments, deliveries, outcomes of our own, and events. */
export interface LedgerWrite {
  readonly rows?: readonly RowEntry[]
  readonly assign?: readonly { readonly row: number; readonly lane: LaneName; readonly batch: number }[]
  readonly deliveries?: readonly Delivery[]
  /** Outcomes that we made ourselves, without a request: `invalid`, `skipped`. */
  readonly outcomes?: readonly Outcome[]
  readonly events?: readonly LedgerEvent[]
  /** A place in the file: every row before it has its status by this transaction, or had it before. It is `meta`'s `place`. */
  readonly place?: Json
}

/** How far a row has come. `status` is undefined while a lane that it asks for is open. */
export interface RowState {
  readonly row: number
  readonly status?: Status
  readonly asks: Asks
  readonly batches: Batches
  readonly outcomes: Record<LaneName, Pick<Outcome, 'result' | 'status' | 'customerId'>>
}

/** Everything that the ledger knows of a row. */
export interface ResultRow {
  readonly row: number
  readonly line: number
  readonly key: string
  readonly status?: Status
  readonly asks: Asks
  readonly input: Input
  readonly raw?: string
  readonly outcomes: Record<LaneName, Outcome>
}

export interface OpenBatch {
  readonly lane: LaneName
  readonly batch: number
  readonly rows: readonly number[]
}

export interface Counts {
  readonly rows: number
  readonly statuses: Readonly<Record<Status, number>>
  /** Rows without a status as yet. */
  readonly open: number
}

/** How many requests of a lane came to the same, or rows on it. */
export interface LaneResult {
  readonly lane: LaneName
  readonly what: 'request' | 'row'
  readonly name: string
  readonly count: number
}

/** A lane's requests over the whole run. */
export interface LaneTraffic extends Omit<Traffic, 'lane' | 'seconds'> {
  /** How often the lane was held because of 429s, and for how long in all, in milliseconds. */
  readonly holds: number
  readonly heldMs: number
}

/** How a run went, in steps of equal length from `from` on (milliseconds since the epoch). */
export interface Timeline {
  readonly from: number
  readonly stepMs: number
  readonly lanes: Record<LaneName, readonly Step[]>
}

export interface Step {
  /** Requests that left in this step. */
  readonly requests: number
  /** Rows that had their outcome on the lane by them in this step. */
  readonly answered: number
}

/**
 * How many rows met a code on a lane. `error`: it made the row rejected, failed or invalid; `warning`: the API's own
 * warning; `note`: anything else that an outcome says; `doubt`: a value that may not be meant as it was read, which
 * `Ledger.doubts` tells. `message` has its ids and values cut out.
 */
export interface CodeCount {
  readonly lane: LaneName
  readonly severity: 'error' | 'warning' | 'note' | 'doubt'
  readonly code?: number
  readonly message: string
  readonly rows: number
  /** The lowest row that met it. */
  readonly firstRow: number
}

/** How many rows are skipped, or doubtful, for a reason, in whose message ids and values are cut out. */
export interface ReasonCount {
  readonly message: string
  readonly rows: number
  /** The lowest such row. */
  readonly firstRow: number
}

/** Which rows are asked for, page by page. */
export interface PageRequest {
  /** `open`: without a status as yet. */
  readonly status?: Status | 'open'
  /** Rows that met this code on any lane. */
  readonly code?: number
  /** Rows whose key holds this text, in whatever case (of ASCII letters). */
  readonly key?: string
  /** Only rows behind this one. */
  readonly after: number
  /** Rows of a page at most. */
  readonly limit: number
}

export interface RowPage {
  readonly rows: readonly number[]
  /** The `after` of the next page; undefined where this is the last one. */
  readonly next: number | undefined
}

/** The run's durable record. One process writes it; any number may read it meanwhile. */
export interface Ledger {
  /**
   * One durable transaction, whole or not at all. Returns the outcomes that were new: the first outcome of (row, lane)
   * stands and later ones are dropped. A row that is there already keeps its entry, and a batch that it has; lanes
   * without a batch get theirs.
   */
  write(entries: LedgerWrite): readonly Outcome[]
  /** Of the rows `first` to `last` (both included), those that the ledger knows, in order. */
  rowStates(first: number, last: number): readonly RowState[]
  /** The batches that carry rows whose lane has no outcome yet: at most a window's worth. */
  openBatches(): readonly OpenBatch[]
  /** The highest row number that the ledger knows; 0 where it knows none. */
  lastRow(): number
  /** The highest batch number that the lane was given; 0 where it has none. */
  highestBatch(lane: LaneName): number
  counts(): Counts
  traffic(): Record<LaneName, LaneTraffic>
  /** Requests by what became of them, and outcomes by their results. Empty of what an older rollcall recorded. */
  laneResults(): readonly LaneResult[]
  /** Errors, warnings and notes by code, most rows first; at most `limit` of them (1,000 unless told). */
  codes(limit?: number): readonly CodeCount[]
  /** Why rows are skipped, most rows first; of a ledger of an older rollcall, none. */
  skips(): readonly ReasonCount[]
  /** What may not be meant of what rows were sent with, most rows first; at most 1,000 kinds. */
  doubts(): readonly ReasonCount[]
  /** What the run met, in order of time. */
  events(): readonly LedgerEvent[]
  /** Requests and answers over time, in at most `steps` steps; undefined where nothing was sent. */
  timeline(steps: number): Timeline | undefined
  /** The requests that carried the row, in order of time: all of them, or the first ones and the last. */
  attempts(row: number): readonly Attempt[]
  row(row: number): ResultRow | undefined
  /** The rows with that key, in order; at most `limit` of them. Looks at every row. */
  rowsWithKey(key: string, limit: number): readonly number[]
  /** A page of row numbers, in order. Takes the same time at any place of any ledger: a page may be short, or empty, and another follow. */
  page(request: PageRequest): RowPage
  /** Every row in order, as it was when the reading began; streamed over a connection of its own. */
  results(): Iterable<ResultRow>
  /** The numbers of the rows with one of these statuses, in order; streamed likewise. */
  rowsWith(statuses: readonly Status[]): Iterable<number>
  /** Every row's input in order, streamed likewise. */
  inputs(): Iterable<Input>
  /** Small facts on the run, such as the CSV's columns. */
  readonly meta: { get(name: string): Json | undefined; set(name: string, value: Json): void }
  close(): void
}
