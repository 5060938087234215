/**
 * The words that cross rooms: row, request, outcome. Data only; this file imports nothing.
 */

/** A lane is one API endpoint with its own queue, batch size and limit: one of those in `lanes/lanes.ts`. */
export type LaneName = string

/** Any JSON value, as the API takes it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/**
 * What a record holds. CSV: the cells, in the order of the file's columns, untouched.
 * JSONL: the parsed value (an object unless the row has a problem).
 */
export type Input =
  | { readonly kind: 'cells'; readonly cells: readonly string[] }
  | { readonly kind: 'value'; readonly value: Json }

/** One record of the file. */
export interface SourceRow {
  /** Counts records from 1. */
  readonly row: number
  /** The line of the file on which the record starts, from 1. */
  readonly line: number
  readonly input: Input
  /** Why the record cannot be read, in words; the row is then `invalid` and never sent. */
  readonly problem?: string
  /** The record's own text, kept where `input` cannot hold all of it. */
  readonly raw?: string
}

/** What reading passed over since it is no record: how many rows of a kind, and the line of the first. */
export interface PassedOver {
  readonly what:
    | 'blank'
    | 'rule'
    | 'types'
    | 'labels'
    | 'header'
    | 'count'
    | 'total'
    | 'footer'
    | 'comment'
    | 'end mark'
  readonly rows: number
  readonly first_line: number
}

/** HTTP headers or query parameters that a plan adds to a request. */
export type Parameters = Readonly<Record<string, string>>

/** What a plan asks of a lane for one row. Only the lane knows what is in it; it is JSON, so that a job can carry it. */
export type LaneRequest = Readonly<Record<string, unknown>>

/** One identifier of a member, by the API's own name for its type. */
export interface Identifier {
  readonly type: string
  readonly value: string
}

/** Points of a member: in one program or, without `programId`, over all of them. */
export interface Balance {
  readonly programId?: string
  /** What registration promised. */
  readonly expected: number
  /** What a look-up found. */
  readonly found?: number
}

/**
 * What finally became of a row on a lane: the word in the report's `_register` or `_link` column. The last four are a
 * verification's: as recorded; there though its import failed; not as recorded; not there.
 */
export type Result =
  | 'registered'
  | 'exists'
  | 'merged'
  | 'updated'
  | 'linked'
  | 'unlinked'
  | 'partial'
  | 'rejected'
  | 'failed'
  | 'invalid'
  | 'skipped'
  | 'verified'
  | 'found'
  | 'differs'
  | 'missing'

/** What became of a row: the word in the report's `_status` column. */
export type Status = 'ok' | 'warned' | 'rejected' | 'failed' | 'invalid' | 'skipped'

/** A warning, of the API or our own. Lossy: something of the row was dropped or merged, so the row is `warned`. */
export interface Warning {
  readonly code?: number
  readonly message: string
  readonly lossy: boolean
  /** Said by us before the row was sent, with what is the member's in quotes. */
  readonly ours?: true
  /** Ours: nothing is lost, but a value was sent that may not be meant as it was read. */
  readonly doubt?: true
  /** What to do about it, where no code says so. */
  readonly hint?: string
  /** It may have befallen somebody else's account: said before all else. */
  readonly grave?: boolean
}

/** What else a registration caused. `unknown` keeps what the API sends beyond its own documentation. */
export type SideEffect =
  | { readonly kind: 'points'; readonly awarded: number }
  | {
      readonly kind: 'alternate_currency'
      readonly name: string
      readonly awarded: number
      readonly identifier?: string
    }
  | {
      readonly kind: 'coupon'
      readonly code: string
      readonly validTill?: string
      readonly description?: string
      readonly id?: string
    }
  | { readonly kind: 'unknown'; readonly type: string; readonly raw: Json }

/** What became of one partner program of a link row. */
export interface ProgramOutcome {
  readonly program: string
  readonly result: 'linked' | 'updated' | 'unlinked' | 'rejected' | 'failed'
  /** True where the API said that the link was there already. */
  readonly already?: boolean
  readonly code?: number
  readonly message?: string
}

/** The final outcome of a row on a lane. It never changes. */
export interface Outcome {
  readonly row: number
  readonly lane: LaneName
  readonly result: Result
  /** What this outcome makes of the row. */
  readonly status: Status
  readonly customerId?: string
  /** The API's code, raw. */
  readonly code?: number
  /** The API's message, or ours where nothing was sent. */
  readonly message?: string
  /** What to do about it, in words. */
  readonly hint?: string
  readonly warnings: readonly Warning[]
  readonly sideEffects: readonly SideEffect[]
  readonly programs?: readonly ProgramOutcome[]
  /** A verification's: the points that it looked up. */
  readonly balances?: readonly Balance[]
  /** An earlier reply was lost, and a later one shows that its request had been carried out. */
  readonly confirmed?: boolean
  /** The first row of its member in the run: no row of another member should come to the same customer id. Absent: not known. */
  readonly member?: number
  /** Requests that were sent for the row on this lane. */
  readonly attempts: number
  /** The last reply's `X-Cap-Requestid`. */
  readonly requestId?: string
  /** ISO 8601, UTC. */
  readonly finishedAt: string
}

/** Requests that a lane sent, counted where they are sent. Times are milliseconds since the epoch. */
export interface Traffic {
  readonly lane: LaneName
  readonly requests: number
  readonly retries: number
  /** Replies of HTTP 429. */
  readonly throttled: number
  readonly firstAt?: number
  readonly lastAt?: number
  /** The requests by the second in which they left: seconds since the epoch. */
  readonly seconds?: Readonly<Record<number, number>>
  /** The requests by what became of them. */
  readonly results?: Readonly<Partial<Record<RequestResult, number>>>
}

/** What became of a request as a whole, its rows apart. `lost`: no reply came. */
export type RequestResult = 'ok' | 'rejected' | 'retried' | 'throttled' | 'lost'

/** One request that was sent, and what came of it. Times are milliseconds since the epoch. */
export interface Attempt {
  readonly lane: LaneName
  /** The batch whose job it was sent for. */
  readonly batch: number
  readonly at: number
  /** Until its reply was there, or it was clear that none would come. */
  readonly tookMs: number
  /** The HTTP status; absent where no reply came. */
  readonly status?: number
  /** Where no reply came, the code that says why: `ECONNRESET`, `ETIMEDOUT`. */
  readonly fault?: string
  /** The reply's `X-Cap-Requestid`. */
  readonly requestId?: string
  /** Why it was not the last one, in words. */
  readonly note?: string
  /** True where it only asked for a member's id. */
  readonly lookUp?: boolean
  /** The rows that it carried. */
  readonly rows: readonly number[]
}

/** A mistake in what the user gave us: shown as it is, without a stack, with exit status 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/**
 * Something stands in the way outside, such as a folder where a file is to be, or one that was taken away; nothing is wrong
 * with what was asked. Shown as it is, without a stack, with exit status 1, or 4 where the next call goes on.
 */
export class InTheWay extends Error {
  override name = 'InTheWay'
  readonly goesOn: boolean

  constructor(message: string, { goesOn = false } = {}) {
    super(message)
    this.goesOn = goesOn
  }
}

/** Nothing is wrong with what was asked: somebody else is at it, and it can be done when they have ended. */
export class BusyError extends UsageError {
  override name = 'BusyError'
}
