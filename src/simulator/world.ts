import type { IncomingHttpHeaders } from 'node:http'
import { Account } from './account.ts'
import type { AccountCounters } from './counters.ts'
import { actionOf } from './action-of.ts'
import { answerBefore, throttled } from './answer-before.ts'
import { gatewayAnswer } from './answer.ts'
import type { Action, Answer } from './answer.ts'
import { Books } from './books.ts'
import type { Controls } from './control.ts'
import { FaultSource } from './faults.ts'
import type { FaultName, Faults } from './faults.ts'
import { namedPage } from './named.ts'
import { withOthersId } from './others-id.ts'
import type { Shares, SimulatorOptions } from './options.ts'
import type { SimulatorLane } from './lanes.ts'
import { orgSettings } from './org.ts'
import type { OrgOptions, OrgSettings } from './org.ts'
import { Tokens } from './tokens.ts'
import { Traffic } from './traffic.ts'
import type { Arrival, LaneTraffic } from './traffic.ts'

export interface SimulatorStats extends AccountCounters {
  readonly lanes: Readonly<Record<SimulatorLane, LaneTraffic>>
  /** Replies of all lanes by HTTP status; `lost` where no whole reply left. */
  readonly replies: Readonly<Record<string, number>>
  readonly faults: Readonly<Partial<Record<FaultName, number>>>
  readonly tokensIssued: number
  readonly customers: number
  /** Connections destroyed by an outage before their request was read. */
  readonly refusedInOutage: number
  /** By how many ms an arrival that is recorded may have been seen too late. */
  readonly stalledMs: number
}

interface Incoming {
  readonly arrival: Arrival
  /** The answer of the gate: a 401, or a 429. */
  readonly refusal: Answer | undefined
  readonly text: string
  readonly query: URLSearchParams
  readonly url: string
}

type Deliver = (answer: Answer, fault?: FaultName) => void

/** All that a simulator holds, and the way of a request through it; sockets are elsewhere. */
export class World implements Controls {
  readonly #options: SimulatorOptions
  readonly #now: () => number
  readonly #account: Account
  readonly books: Books
  readonly #tokens: Tokens
  readonly #traffic: Traffic
  readonly #faults: FaultSource
  readonly #shares: Shares
  readonly #businessStatus: number
  #org: OrgSettings
  readonly #programs: ReadonlySet<string> | undefined
  /** Keys of the members whose requests are under way. */
  readonly #held = new Set<string>()
  #requests = 0
  outage = false
  onOutage: () => void = () => {}
  refused = 0

  constructor(options: SimulatorOptions) {
    this.#options = options
    this.#now = options.now ?? epochMs
    this.#account = new Account({
      stateless: options.stateless ?? false,
      knowsEveryone: options.knowsEveryone ?? false,
      allowDoubles: options.allowDoubles ?? false,
      firstId: options.firstId ?? 556_000_001,
    })
    this.books = new Books(this.#account)
    this.#tokens = new Tokens({
      accepted: options.credentials,
      ttlSeconds: options.tokenTtlSeconds ?? 300,
      sole: options.soleToken ?? false,
      lateMs: options.tokenLateMs ?? 0,
      now: this.#now,
    })
    this.#traffic = new Traffic({
      limits: options.limits ?? {},
      windowMs: options.windowMs ?? 60_000,
      recordArrivals: options.recordArrivals ?? false,
    })
    this.#faults = new FaultSource(options.faults ?? {}, options.seed ?? 1)
    this.#shares = { coupon: 0.05, alternateCurrency: 0.05, noStatusLabel: 0.1, ...options.shares }
    this.#businessStatus = options.businessStatus ?? 500
    this.#org = orgSettings(options.org)
    this.#programs = options.programs === undefined ? undefined : new Set(options.programs)
  }

  arrive(lane: SimulatorLane): Arrival {
    return this.#traffic.arrive(lane, this.#now())
  }

  /** What the gate says to a request before it is read: 401 without credentials, 429 where the window is full. */
  refusal(arrival: Arrival, headers: IncomingHttpHeaders): Answer | undefined {
    const unauthorized = arrival.lane === 'token' ? undefined : this.#tokens.refusal(headers)
    if (unauthorized !== undefined) return unauthorized
    const { quota = Infinity } = this.#options
    if (arrival.lane !== 'token' && this.#traffic.answered(arrival.lane) >= quota)
      return throttled(undefined, arrival.lane, 'Daily quota exceeded')
    const waitMs = this.#traffic.admit(arrival)
    if (waitMs === 0) return undefined
    return throttled((this.#options.retryAfter ?? true) ? Math.ceil(waitMs / 1000) : undefined, arrival.lane)
  }

  /** Does what a request asks, after the latency, and hands its answer over. */
  answer(incoming: Incoming, deliver: Deliver): void {
    const { arrival, refusal } = incoming
    const fault = refusal === undefined ? this.#draw(incoming) : undefined
    // Read even where it is refused: what arrived for a member counts, whatever becomes of it.
    const action = this.#action(incoming, fault)
    const early = refusal ?? this.#page(incoming) ?? this.#answerBefore(fault, arrival.lane)
    const waitMs = (this.#options.latencyMs ?? 0) + (fault === 'slow' ? (this.#options.slowMs ?? 2000) : 0)
    if (fault === 'late') {
      deliver(NEVER, fault)
      this.#after(this.#options.lateMs ?? 300, () => action.perform(this.#heldOf(action)))
    } else if (early !== undefined) this.#after(waitMs, () => deliver(early, fault))
    else this.#perform(action, { waitMs, deliver: (answer) => deliver(this.#tampered(answer, fault), fault) })
  }

  left(arrival: Arrival, status: number): void {
    this.#traffic.left(arrival, status)
  }

  nextRequestId(): string {
    this.#requests += 1
    return `sim-${this.#requests.toString(36).padStart(8, '0')}`
  }

  stats(): SimulatorStats {
    const { counters } = this.#account
    return {
      lanes: this.#traffic.lanes(),
      replies: this.#traffic.replies(),
      faults: { ...this.#faults.drawn },
      tokensIssued: this.#tokens.issued,
      customers: this.#account.customerCount,
      refusedInOutage: this.refused,
      stalledMs: this.#traffic.stalledMs(),
      ...counters,
      repeats: { ...counters.repeats },
    }
  }

  setOrg(options: OrgOptions): void {
    this.#org = orgSettings(options)
  }

  arrivals(): readonly Arrival[] {
    return this.#traffic.arrivals()
  }

  setFaults(faults: Faults): void {
    this.#faults.replace(faults)
  }

  setOutage(on: boolean): void {
    this.outage = on
    if (on) this.onOutage()
  }

  revokeTokens(): void {
    this.#tokens.revoke()
  }

  #tampered(answer: Answer, fault: FaultName | undefined): Answer {
    return fault === 'othersId' ? withOthersId(answer, this.#account) : answer
  }

  #page({ text, url }: Incoming): Answer | undefined {
    const status = namedPage(text) ?? namedPage(url)
    return status === undefined ? undefined : gatewayAnswer(status)
  }

  #answerBefore(fault: FaultName | undefined, lane: SimulatorLane): Answer | undefined {
    return fault === undefined ? undefined : answerBefore(fault, lane, this.#businessStatus)
  }

  #draw({ arrival: { lane }, url, text }: Incoming): FaultName | undefined {
    return this.#faults.draw(lane, () => `${url} ${text}`)
  }

  #action({ arrival, text, query }: Incoming, fault: FaultName | undefined): Action {
    if (arrival.lane === 'token') return { keys: [], perform: () => this.#tokens.generate(text) }
    return actionOf(
      arrival.lane,
      { text, query, fault },
      {
        account: this.#account,
        businessStatus: this.#businessStatus,
        shares: this.#shares,
        programs: this.#programs,
        primary: this.#options.primaryIdentifier,
        org: this.#org,
        now: this.#now,
      },
    )
  }

  #perform(action: Action, { waitMs, deliver }: { waitMs: number; deliver: (answer: Answer) => void }): void {
    if (waitMs === 0) {
      deliver(action.perform(this.#heldOf(action)))
      return
    }
    const busy = this.#heldOf(action)
    const own = action.keys.filter((key) => !busy.has(key))
    for (const key of own) this.#held.add(key)
    this.#after(waitMs, () => {
      const answer = action.perform(busy)
      for (const key of own) this.#held.delete(key)
      deliver(answer)
    })
  }

  #heldOf({ keys }: Action): ReadonlySet<string> {
    return this.#held.size === 0 ? NONE : new Set(keys.filter((key) => this.#held.has(key)))
  }

  // Unreferenced: a simulator that was closed holds no process up.
  #after(waitMs: number, then: () => void): void {
    if (waitMs === 0) then()
    else setTimeout(then, waitMs).unref()
  }
}

const NONE: ReadonlySet<string> = new Set()
/** Handed over for a connection that is destroyed before it could leave. */
const NEVER: Answer = { status: 200, body: '' }

/** Finer than Date.now, and never going back. */
function epochMs(): number {
  return performance.timeOrigin + performance.now()
}
