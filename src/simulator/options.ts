import type { Faults } from './faults.ts'
import type { SimulatorLane } from './lanes.ts'
import type { OrgOptions } from './org.ts'

export interface SimulatorOptions {
  /** 0, the default: any free port. */
  readonly port?: number
  readonly host?: '127.0.0.1'
  /** Requests that a lane admits in any rolling window; absent: no limit. Refused requests are not counted against it. */
  readonly limits?: Partial<Record<SimulatorLane, number>>
  /** The length of the rolling window. Default 60,000. */
  readonly windowMs?: number
  /** Whether a 429 carries Retry-After, in whole seconds until the window has room. Default true. */
  readonly retryAfter?: boolean
  /** Time between a request's arrival and its reply. Default 0: none. */
  readonly latencyMs?: number
  readonly faults?: Faults
  /** What the fault `slow` adds. Default 2,000. */
  readonly slowMs?: number
  /** How long after its connection is gone a request of the fault `late` is carried out. Default 300. */
  readonly lateMs?: number
  /** Seeds the generator that faults are drawn with. Default 1. */
  readonly seed?: number
  /** Default 300. */
  readonly tokenTtlSeconds?: number
  /** Each new token ends the one before: whoever shares the key with others loses it to them. Default false. */
  readonly soleToken?: boolean
  /** A new token is refused for so long. Default 0. */
  readonly tokenLateMs?: number
  /** Requests that each lane answers; what comes after that is 429 for the rest of the day. Absent: no end. */
  readonly quota?: number
  /** The credentials that are accepted; absent: any well-formed ones. */
  readonly credentials?: AcceptedCredentials
  /** Keeps the lane, time and status of every arrival. Default false. */
  readonly recordArrivals?: boolean
  /** Answers success and remembers no member, for benchmarks. Default false. */
  readonly stateless?: boolean
  /** Links and look-ups find customers that nobody registered, unless their externalId begins with `NOBODY-`. Default false. */
  readonly knowsEveryone?: boolean
  /** Refuses no duplicate: what is sent twice becomes two customers or links, and is counted. Default false. */
  readonly allowDoubles?: boolean
  /** The partner programs that exist; absent: any name does. */
  readonly programs?: readonly string[]
  /** Dual eligibility: look-ups find a customer by this type of identifier alone, among those that they name. */
  readonly primaryIdentifier?: string
  /** How the organisation is set up. */
  readonly org?: OrgOptions
  /** HTTP status of a business error in an `errors` envelope, which nobody documents. Default 500. */
  readonly businessStatus?: 200 | 400 | 500
  /** Shares (0..1) of registrations that come with more than an id, chosen by a hash of the member. */
  readonly shares?: Partial<Shares>
  /** The first customer id given. Default 556,000,001. */
  readonly firstId?: number
  /** Milliseconds since the epoch, never going back. For tests. */
  readonly now?: () => number
}

export interface AcceptedCredentials {
  readonly oauth?: { readonly key: string; readonly secret: string }
  readonly basic?: { readonly username: string; readonly password: string }
}

/** Defaults: coupon 0.05, alternateCurrency 0.05, noStatusLabel (warning 8107) 0.1. */
export interface Shares {
  readonly coupon: number
  readonly alternateCurrency: number
  readonly noStatusLabel: number
}
