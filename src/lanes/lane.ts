import type { Codes } from '../capillary/code-table.ts'
import type { ApiRequest, Exchange } from '../capillary/exchange.ts'
import type { PredictedLoss } from '../capillary/predict-losses.ts'
import type { Answer, OnExists } from '../capillary/verdict.ts'
import type { Balance, Identifier, Json, LaneName, LaneRequest, Outcome, ProgramOutcome, Result } from '../model.ts'
import type { LanePart } from './lane-plan.ts'
import type { LimitByRegion } from './regions.ts'

/**
 * What a lane's outcome is about, and so the column of the reports that it fills: `_register`, the member's record, or
 * `_link`, the member's partner programs.
 */
export type Subject = 'record' | 'links'

/**
 * A lane: all that rollcall knows of one API endpoint. A new endpoint is a folder that gives one of these, and its line
 * in the list of `lanes.ts`. How a plan asks for it stands beside it (`lane-plan.ts`), as who only sends has no use for that.
 * `Request`: what a job carries for a row.
 */
export interface Lane<Request extends LaneRequest = LaneRequest> {
  /** Its key in a plan, and what reports, queues and the ledger call it. */
  readonly name: LaneName
  /** Absent: it changes nothing of a member. */
  readonly subject?: Subject
  /** It makes the member's record: a plan asks for one such lane at most. */
  readonly creates?: true
  /** A plan that asks for it asks for nothing else. */
  readonly standsAlone?: true
  /** It takes members out of something, which nothing undoes: refused unless whoever imports allows it. */
  readonly takesOut?: true
  /** Requests a minute where the plan sets no limit. */
  readonly defaultLimit: LimitByRegion
  /** The results that an outcome of its own has when all is well, or nearly so, in the order in which reports count them. */
  readonly results: readonly Result[]
  /** Where its codes are looked up. */
  readonly codes: Codes

  /** Rows that one request can carry. */
  readonly rowsPerRequest: number
  /** Rows that differ in it share no batch and no request; all may where it is absent. */
  groupOf?(request: Request): string
  /** Where a row may take several requests of different kinds: its next one. Absent: there is one kind. */
  step?(row: LaneRow<Request>): Step
  /** How many rows of a look-up a row takes before it is sent, by the lane of the look-ups. Absent: none. */
  lookedUp?(request: Request): Readonly<Record<LaneName, number>>
  /** The lanes on whose limits it sends requests as well (`Step.pace`). */
  readonly paces?: readonly LaneName[]
  /** The request for rows of one group, not more than `rowsPerRequest`. */
  request(rows: readonly LaneRow<Request>[]): ApiRequest
  /** The request that an outcome of a row is of, where others are made before it. Absent: the first is. */
  decisive?(request: Request, outcome: Pick<Outcome, 'result'> | undefined): ApiRequest
  /** What came of a request. Never throws. */
  read(exchange: Exchange, rows: readonly LaneRow<Request>[], settings: { readonly onExists: OnExists }): Answer
  /** Where a final verdict lacks the customer's id: the look-ups that may find it, likeliest first. */
  lookUps?(row: LaneRow<Request>): readonly ApiRequest[]
  /** Codes by which the API refuses every row for the account's settings, and not for what is in a row. */
  readonly accountCodes?: ReadonlySet<number>
  /** It may change the record of a member who was there. */
  readonly changesMembers?: boolean
  /** Where a request is about several partner programs, each with an answer of its own. */
  readonly programs?: RequestPrograms<Request>

  /** Why it is not sent for a row, by what the lanes before it came to; undefined: it is. Absent: it always is. */
  blockedBy?(before: Before): SkipReason | undefined
  /**
   * What of a request makes two rows of one member ask for different things. The same value as for the last request
   * where nothing differs, so that nobody has to look into it.
   */
  askOf(request: Request): Json
  /** What the member is called in the record that it makes: each part that the request has. Absent: it makes none. */
  namesOf?(request: Request): readonly string[]
  /** How a sync goes on with a member of whom it remembers something on this lane. Absent: as with one it never met. */
  readonly sync?: LaneSync
  /** What a verification may ask about a member whom it imported. Absent: nothing. */
  readonly verified?: Verified<Request>
  /** It verifies what other lanes did. */
  readonly verifies?: Verifies<Request>
  /** What the API would cut, drop or refuse of a request. `now`: milliseconds since the epoch. */
  predictLosses?(request: Request, now: number): readonly PredictedLoss[]
}

/** The next request of a row. */
export interface Step {
  /** Rows that differ in it share no request. */
  readonly group: string
  /** The lane whose limit it counts against; absent: its own. */
  readonly pace?: LaneName
  /** It asks, and changes nothing: cut off, it leaves no doubt behind. */
  readonly readOnly?: boolean
}

/** A row as a request carries it. */
export interface LaneRow<Request extends LaneRequest = LaneRequest> {
  readonly request: Request
  /** An earlier request of the row may have been carried out: its reply was lost. */
  readonly ambiguous?: boolean
  /** The customer id that a lane before this one came to. */
  readonly customerId?: string
  /** When the first request that changes something left for it, in milliseconds since the epoch; absent: not known. */
  readonly firstSentAt?: number
  /** An earlier row of the run names the same member, and was sent before it. */
  readonly repeats?: boolean
  /** The partner programs that have their answer, and are no longer in the request. */
  readonly programsDone?: readonly ProgramOutcome[]
}

export interface RequestPrograms<Request extends LaneRequest = LaneRequest> {
  of(request: Request): readonly Json[]
  /** The request with these of its programs alone. */
  only(request: Request, programs: readonly Json[]): Request
  /** What it comes to where an earlier run did all of them. */
  readonly doneEarlier: { readonly result: Result; readonly message: string }
}

/** How a sync goes on with members whom it has sent on a lane before. */
export interface LaneSync {
  /**
   * Why a request that was done, and has changed since, is not sent again, in words. They are not needed where a later
   * lane about the same subject sends what has changed. Absent: it is sent again.
   */
  readonly cannotChange?: SkipReason
  /** Whether, as the plan has it, it changes who is there all the same: then it is sent again. Absent: it does not. */
  changes?(part: LanePart): boolean
  /** What of a request no lane changes of a member who is there: its identifiers. Absent: nothing. */
  fixedOf?(request: LaneRequest): Json
  /** Why that is not sent where it has changed and a later lane sends the rest, in words. */
  readonly fixedChanged?: SkipReason
  /** Why it is not sent for a row that an earlier lane's rejection of before still keeps from it, in words. */
  readonly stillBlocked?: SkipReason
}

/** How members can be verified: by a look-up of their points, or of what is stored of them. */
export type VerifiedBy = 'points' | 'record'

/** How a verification looks for what a lane did. */
export interface Verified<Request extends LaneRequest = LaneRequest> {
  readonly by: VerifiedBy
  /** What it comes to where nobody knew, and the member turns out to be there. Absent: that says nothing of it. */
  readonly ifThere?: Result
  /** `outcome`: absent where the row has none on the lane. */
  expect(request: Request, outcome: Outcome | undefined): Expected
}

/** What is expected of a member, and where to look. */
export interface Expected {
  readonly identifiers: readonly Identifier[]
  /** Absent where it is not known: then in all of them. */
  readonly source?: string
  readonly accountId?: string
  readonly balances: readonly Balance[]
  /** Values that are to be stored of it, by V1's names (`capillary/v1/member-fields.ts`). */
  readonly fields?: Readonly<Record<string, string>>
}

/** A member to be verified. */
export interface ExpectedMember extends Expected {
  /** The customer id that the run recorded. */
  readonly customerId?: string
  /** The run got no final answer: nobody knows whether the member is there. */
  readonly uncertain: boolean
}

export interface Verifies<Request extends LaneRequest = LaneRequest> {
  readonly by: VerifiedBy
  /** The request that looks for the member; undefined where it cannot be looked for. */
  lookFor(member: ExpectedMember): Request | undefined
  /** How many requests it takes where all is as expected; absent: one. */
  requestsFor?(request: Request): number
}

/** What the lanes before came to on a row, by what they are about, in order. What was left out on purpose is not there. */
export type Before = Readonly<Record<Subject, readonly Pick<Outcome, 'result' | 'status'>[]>>

/** Why something is not sent, in words. */
export interface SkipReason {
  /** Something that the row asks for stays undone by it, so the row is `warned`, if it is done otherwise. */
  readonly lossy?: boolean
  /** Absent where there is nothing to say of it. */
  readonly message?: string
  readonly hint?: string
}
