import { randomUUID } from 'node:crypto'
import type { BatchJob, Delivery, SendMarks } from '../src/broker/jobs.ts'
import type { Attempt, LaneName, Outcome, RequestResult, Traffic } from '../src/model.ts'
import { type OpenRow, openRow, storedRow } from './open-row.ts'

/** The job as the broker holds it: what is saved there outlives this process. */
export interface StoredBatch {
  readonly data: BatchJob
  readonly marks: SendMarks | undefined
  /** Both give false where the job is no longer ours: the broker lost it, or gave it to somebody else. */
  save(data: BatchJob): Promise<boolean>
  mark(marks: SendMarks): Promise<boolean>
}

/**
 * How a pass over a job ended. `later`: rows remain, the first of them due after so many milliseconds.
 * `done` also where the job is no longer ours: who dispatched it sees to its rows.
 */
export type PassEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly afterMs: number }
  | { readonly kind: 'parked' }

/** How long answers may gather before they are published. */
const PUBLISH_AFTER_MS = 200

/** A request, as it is counted: when it left, and whether it had left before. */
export interface CountedRequest {
  readonly at: number
  readonly retry: boolean
  readonly result: RequestResult
}

/**
 * A batch in the hands of a worker: its rows that are still open, and the answers on their way to the ledger.
 *
 * What must outlive the worker is saved in the job, in an order that a crash cannot turn into a loss or a repetition:
 * rows are marked before their requests leave, and an answer is in the job's outbox before it is published.
 */
export class HeldBatch {
  readonly #stored: StoredBatch
  readonly #publish: (delivery: Delivery) => Promise<void>
  readonly #open: Map<number, OpenRow>
  readonly #marked = new Set<number>()
  #markedSince: number | undefined
  /** By lane: requests may count against the limit of another one. */
  readonly #traffic = new Map<LaneName, TrafficCount>()
  #marking: Promise<boolean> = Promise.resolve(true)
  #nextMark: Promise<boolean> | undefined
  #answers: Outcome[] = []
  #attempts: Attempt[] = []
  #outbox: Delivery | undefined
  #publishing: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined

  private constructor(stored: StoredBatch, publish: (delivery: Delivery) => Promise<void>) {
    this.#stored = stored
    this.#publish = publish
    const { rows, putBackForMs = 0 } = stored.data
    this.#open = new Map(rows.map((row) => [row.row, openRow(row, putBackForMs)]))
    this.#outbox = stored.data.outbox
  }

  /** Takes a job over, with what an earlier holder left: unpublished answers, and requests whose end nobody saw. */
  static async take(stored: StoredBatch, publish: (delivery: Delivery) => Promise<void>): Promise<HeldBatch> {
    const batch = new HeldBatch(stored, publish)
    const { data, marks } = stored
    if (data.outbox !== undefined) await publish(data.outbox)
    if (marks?.pass === data.pass) {
      const { since } = marks
      batch.#markedSince = since
      for (const number of marks.rows) {
        const row = batch.#open.get(number)
        if (row === undefined) continue
        batch.update({ ...row, ambiguous: true, sent: row.sent + 1, firstSentAt: row.firstSentAt ?? since })
        // The next marks take the place of these: should this pass be cut off as well, they still count.
        batch.#marked.add(number)
      }
    }
    return batch
  }

  get data(): BatchJob {
    return this.#stored.data
  }

  /** The rows that are due by then: milliseconds on the process' own clock, as `performance.now` gives them. */
  dueBy(time: number): readonly OpenRow[] {
    return [...this.#open.values()].filter((row) => (row.dueAt ?? 0) <= time)
  }

  /** The row as it is now; undefined once it has its outcome. */
  row(number: number): OpenRow | undefined {
    return this.#open.get(number)
  }

  update(row: OpenRow): void {
    this.#open.set(row.row, row)
  }

  /**
   * Before a request leaves, the broker knows that it will. What comes while it is being told goes together.
   * False where the job is no longer ours: then it must not leave.
   */
  mark(rows: readonly OpenRow[]): Promise<boolean> {
    for (const { row } of rows) this.#marked.add(row)
    this.#markedSince ??= Date.now()
    this.#nextMark ??= this.#marking.then(() => {
      this.#nextMark = undefined
      return this.#stored.mark({ pass: this.data.pass, rows: [...this.#marked], since: this.#markedSince })
    })
    this.#marking = this.#nextMark
    return this.#nextMark
  }

  countRequest(request: CountedRequest, lane = this.data.lane): void {
    this.#trafficOf(lane).countRequest(request)
  }

  /** How many rows are open. */
  get openRows(): number {
    return this.#open.size
  }

  countThrottled(lane = this.data.lane): void {
    this.#trafficOf(lane).throttled += 1
  }

  /** Has it published with the next answers: a crash before that forgets it, and nothing else. */
  noteAttempt(attempt: Omit<Attempt, 'lane' | 'batch'>): void {
    const { lane, batch } = this.data
    this.#attempts.push({ lane, batch, ...attempt })
  }

  /** A row's final outcome: it leaves the job, and is published with others a moment later. */
  answer(outcome: Outcome): void {
    this.#open.delete(outcome.row)
    this.#answers.push(outcome)
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      // A failure is kept in the chain, and thrown by `end`.
      this.publish().catch(() => {})
    }, PUBLISH_AFTER_MS)
  }

  publish(): Promise<void> {
    this.#publishing = this.#publishing.then(async () => {
      const outcomes = this.#answers
      const traffic = Array.from(this.#traffic.values()).flatMap((count) => count.take())
      const attempts = this.#attempts
      if (outcomes.length === 0 && traffic.length === 0 && attempts.length === 0) return
      this.#answers = []
      this.#attempts = []
      // Each delivery has its own id: the ledger takes the same one once, however often a crash repeats it.
      const delivery = { id: randomUUID(), outcomes, traffic, attempts }
      this.#outbox = delivery
      await this.#stored.save(this.#snapshot())
      await this.#publish(delivery)
    })
    return this.#publishing
  }

  /** Publishes what is left and says what becomes of the job. */
  async end({ parked }: { parked: boolean }): Promise<PassEnd> {
    clearTimeout(this.#timer)
    await this.publish()
    if (this.#open.size === 0) return { kind: 'done' }
    const now = performance.now()
    const dueIn = Array.from(this.#open.values(), ({ dueAt = now }) => Math.max(dueAt - now, 0))
    const afterMs = parked ? 0 : Math.min(...dueIn)
    const next = { outbox: undefined, pass: this.data.pass + 1, parked, putBackForMs: afterMs }
    if (!(await this.#stored.save({ ...this.#snapshot(), ...next }))) return { kind: 'done' }
    return parked ? { kind: 'parked' } : { kind: 'later', afterMs }
  }

  #trafficOf(lane: LaneName): TrafficCount {
    const known = this.#traffic.get(lane) ?? new TrafficCount(lane)
    this.#traffic.set(lane, known)
    return known
  }

  #snapshot(): BatchJob {
    const rows = Array.from(this.#open.values(), storedRow)
    return { ...this.data, rows, outbox: this.#outbox, putBackForMs: undefined }
  }
}

class TrafficCount {
  readonly lane: LaneName
  requests = 0
  retries = 0
  throttled = 0
  firstAt: number | undefined
  lastAt: number | undefined
  seconds: Record<number, number> = {}
  results: Partial<Record<RequestResult, number>> = {}

  constructor(lane: LaneName) {
    this.lane = lane
  }

  countRequest({ at, retry, result }: CountedRequest): void {
    this.requests += 1
    this.results[result] = (this.results[result] ?? 0) + 1
    if (retry) this.retries += 1
    this.firstAt ??= at
    this.lastAt = at
    const second = Math.floor(at / 1000)
    this.seconds[second] = (this.seconds[second] ?? 0) + 1
  }

  /** What was counted since the last time; empty where nothing was. */
  take(): readonly Traffic[] {
    const { lane, requests, retries, throttled, firstAt, lastAt, seconds, results } = this
    if (requests === 0 && throttled === 0) return []
    this.requests = this.retries = this.throttled = 0
    this.firstAt = this.lastAt = undefined
    this.seconds = {}
    this.results = {}
    return [{ lane, requests, retries, throttled, firstAt, lastAt, seconds, results }]
  }
}
