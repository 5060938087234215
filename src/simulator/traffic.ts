import { monitorEventLoopDelay } from 'node:perf_hooks'
import { LANES } from './lanes.ts'
import type { SimulatorLane } from './lanes.ts'
import { RollingWindow } from './rolling-window.ts'

export interface LaneTraffic {
  /** Every request that reached the lane, refused ones included. */
  readonly arrivals: number
  /** Refused with 429 because the window was full. */
  readonly throttled: number
  /** Milliseconds since the epoch. */
  readonly firstAt?: number
  readonly lastAt?: number
  /** The most arrivals in any rolling window, refused ones included. */
  readonly highest: number
  /** By HTTP status; `lost` where no whole reply left. */
  readonly replies: Readonly<Record<string, number>>
}

export interface Arrival {
  readonly lane: SimulatorLane
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Of the reply; 0 where none left whole; undefined while it is under way. */
  status?: number
}

/** Counts requests by lane, and keeps each lane within its rolling window. */
export class Traffic {
  readonly #lanes: Record<SimulatorLane, LaneCounter>
  readonly #arrivals: Arrival[] | undefined
  #stalls: ReturnType<typeof monitorEventLoopDelay> | undefined

  constructor(options: { limits: Partial<Record<SimulatorLane, number>>; windowMs: number; recordArrivals: boolean }) {
    const { limits, windowMs } = options
    this.#lanes = ofLanes((lane) => new LaneCounter(limits[lane], windowMs))
    this.#arrivals = options.recordArrivals ? [] : undefined
  }

  /** Notes a request; the answer is to be given to `left`. */
  arrive(lane: SimulatorLane, at: number): Arrival {
    this.#lanes[lane].arrive(at)
    const arrival: Arrival = { lane, at }
    if (this.#arrivals !== undefined) {
      this.#stalls ??= watchStalls()
      this.#arrivals.push(arrival)
    }
    return arrival
  }

  /** Milliseconds until the lane has room; 0 where it has, and then this request takes its place. */
  admit({ lane, at }: Arrival): number {
    return this.#lanes[lane].admit(at)
  }

  /** Requests of the lane that left with a whole reply other than a refusal for their number. */
  answered(lane: SimulatorLane): number {
    return this.#lanes[lane].answered
  }

  /** Notes the HTTP status of a reply that left whole, or 0. */
  left(arrival: Arrival, status: number): void {
    arrival.status = status
    this.#lanes[arrival.lane].left(status)
  }

  lanes(): Record<SimulatorLane, LaneTraffic> {
    return ofLanes((lane) => this.#lanes[lane].read())
  }

  /** Replies of all lanes by HTTP status. */
  replies(): Record<string, number> {
    const sums: Record<string, number> = {}
    for (const lane of LANES) {
      for (const [status, count] of Object.entries(this.#lanes[lane].replies))
        sums[status] = (sums[status] ?? 0) + count
    }
    return sums
  }

  arrivals(): readonly Arrival[] {
    return this.#arrivals ?? []
  }

  /** Where arrivals are recorded: by how many ms one may have been seen too late, as the machine was busy elsewhere. */
  stalledMs(): number {
    return (this.#stalls?.max ?? 0) / 1_000_000
  }
}

function watchStalls(): ReturnType<typeof monitorEventLoopDelay> {
  const stalls = monitorEventLoopDelay({ resolution: 5 })
  stalls.enable()
  return stalls
}

function ofLanes<Value>(value: (lane: SimulatorLane) => Value): Record<SimulatorLane, Value> {
  return Object.fromEntries(LANES.map((lane) => [lane, value(lane)])) as Record<SimulatorLane, Value>
}

class LaneCounter {
  readonly replies: Record<string, number> = {}
  readonly #limit: number | undefined
  readonly #all: RollingWindow
  readonly #admitted: RollingWindow
  #arrivals = 0
  #throttled = 0
  answered = 0
  #firstAt: number | undefined
  #lastAt: number | undefined

  constructor(limit: number | undefined, windowMs: number) {
    this.#limit = limit
    this.#all = new RollingWindow(windowMs)
    this.#admitted = new RollingWindow(windowMs)
  }

  arrive(at: number): void {
    this.#arrivals += 1
    this.#firstAt ??= at
    this.#lastAt = at
    this.#all.add(at)
  }

  admit(at: number): number {
    if (this.#limit === undefined) return 0
    if (this.#admitted.count(at) >= this.#limit) {
      this.#throttled += 1
      // Never 0, which means room: a limit of 0 has none for ever.
      return Math.max(1, this.#admitted.freeInMs(at))
    }
    this.#admitted.add(at)
    return 0
  }

  left(status: number): void {
    const name = status === 0 ? 'lost' : String(status)
    this.replies[name] = (this.replies[name] ?? 0) + 1
    if (status !== 0 && status !== 429) this.answered += 1
  }

  read(): LaneTraffic {
    return {
      arrivals: this.#arrivals,
      throttled: this.#throttled,
      firstAt: this.#firstAt,
      lastAt: this.#lastAt,
      highest: this.#all.highest,
      replies: { ...this.replies },
    }
  }
}
