import type { Balance, Json, LaneRequest, ProgramOutcome, Result, SideEffect, Status, Warning } from '../model.ts'

/** What a plan's `on_exists` says of a member who was there before the run. */
export type OnExists = 'ok' | 'reject'

/** The row has its answer. */
export interface FinalVerdict {
  readonly kind: 'final'
  readonly result: Result
  readonly status: Status
  readonly customerId?: string
  readonly code?: number
  readonly message?: string
  readonly hint?: string
  readonly warnings: readonly Warning[]
  readonly sideEffects: readonly SideEffect[]
  readonly programs?: readonly ProgramOutcome[]
  readonly balances?: readonly Balance[]
  readonly confirmed?: boolean
  /** The member exists, and the reply does not say under which id: a look-up can. */
  readonly needsLookup?: boolean
  readonly requestId?: string
}

/** The same request may do better later. */
export interface RetryVerdict {
  readonly kind: 'retry'
  readonly reason: string
  readonly code?: number
  /** What the API asked us to wait at least, in milliseconds. */
  readonly afterMs?: number
  /**
   * transport: the lane may be down. row: the API answers with an error of its own, or with nothing that settles the row,
   * which is the row's matter while others are served. account: the credentials are being renewed, which is no fault of the
   * row.
   */
  readonly scope: 'transport' | 'row' | 'account'
  /** row: whatever becomes of others. This member is busy, or some of what was asked is done. */
  readonly ofRowAlone?: true
  /** This attempt may have been carried out. Once true for a row, it stays true for the row's later attempts. */
  readonly ambiguous: boolean
  readonly requestId?: string
  /** Of a request about partner programs: those that have their answer, those of earlier attempts included. */
  readonly programsDone?: readonly ProgramOutcome[]
  /** The programs that are to be sent again, as the request has them. */
  readonly programsLeft?: readonly Json[]
  /** What is sent in the place of the same request. */
  readonly request?: LaneRequest
}

/** Nothing of it was carried out, and nothing is wrong with the row: it goes out again, and loses no attempt. */
export interface AgainVerdict {
  readonly kind: 'again'
}

/** The row needs another request, which is to follow. */
export interface NextVerdict<Request = LaneRequest> {
  readonly kind: 'next'
  readonly request: Request
}

/** The API refused because of the pace. Nothing was carried out. */
export interface ThrottledVerdict {
  readonly kind: 'throttled'
  /** The HTTP status, and the API's words. */
  readonly reason: string
  readonly retryAfterMs?: number
  readonly requestId?: string
}

/** No row can succeed until a person has acted, if what was said of one request holds for all. */
export interface HaltVerdict {
  readonly kind: 'halt'
  /**
   * account: it does. request: others may be answered, and then it is the request that is refused, for what stands in
   * it, by the API or by a firewall before it.
   */
  readonly about: 'account' | 'request'
  /** account: the same requests were refused again and again, as there were no others to ask with. */
  readonly sole?: boolean
  /** A page or the like said so, and not the API itself. */
  readonly byGateway?: boolean
  readonly reason: string
  readonly remedy: string
  readonly code?: number
  readonly requestId?: string
}

/** Requests of several rows only: refused as a whole, for a reason that one of the rows may carry. Split it. */
export interface RefusedVerdict {
  readonly kind: 'refused'
  readonly reason: string
  readonly code?: number
  readonly hint?: string
  readonly requestId?: string
}

/** What a reply means for the rows of its request: a verdict for each, in their order, or one for all of them. */
export type Answer =
  | {
      readonly kind: 'rows'
      readonly verdicts: readonly (FinalVerdict | NextVerdict | RetryVerdict | AgainVerdict)[]
      /** The API said that a request of this kind may carry no more rows. */
      readonly atMost?: number
    }
  | RetryVerdict
  | ThrottledVerdict
  | HaltVerdict
  | RefusedVerdict
