import { UsageError } from '../../model.ts'
import type { Environment } from '../environment.ts'
import type { AppEvent } from '../events.ts'
import { type ListedRun, RunCatalogue } from '../runs/run-catalogue.ts'
import { PulseReader } from '../runs/run-pulse.ts'
import { type SyncStatus, listSyncs } from '../sync/sync-history.ts'
import { type WorkersAndQueues, listWorkers } from '../workers/list-workers.ts'

export type RunMoment = Extract<AppEvent, { kind: 'progress' }>

/** What is under way at a moment. */
export interface Moment {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Runs that a process is at work on, and how far each is. */
  readonly runs: readonly { readonly file: string; readonly progress: RunMoment }[]
  /** Undefined where it cannot be asked, and `problem` says why. */
  readonly workers: WorkersAndQueues | undefined
  readonly problem: string | undefined
  /** Those that are due first. */
  readonly syncs: readonly SyncStatus[]
}

const WORKERS_EVERY_MS = 5_000

/** Looks again and again at what is under way in a home, and on its Redis. Disposed of at the end. */
export class Look implements Disposable {
  readonly #environment: Environment
  readonly #runs: RunCatalogue
  readonly #pulses: PulseReader
  #asked: (Pick<Moment, 'workers' | 'problem'> & { readonly at: number }) | undefined

  constructor(environment: Environment) {
    this.#environment = environment
    this.#runs = new RunCatalogue(environment.home)
    this.#pulses = new PulseReader(environment.home)
  }

  async take(): Promise<Moment> {
    const at = Date.now()
    const running = this.#runs.list().runs.filter(({ status }) => status.state === 'running')
    const { workers, problem } = await this.#workers(at)
    return {
      at,
      runs: running.map((listed) => ({ file: listed.record.source, progress: this.#progress(listed, at) })),
      workers,
      problem,
      syncs: listSyncs(this.#environment).toSorted((a, b) => (a.next ?? Infinity) - (b.next ?? Infinity)),
    }
  }

  [Symbol.dispose](): void {
    this.#pulses[Symbol.dispose]()
  }

  #progress({ record, status }: ListedRun, at: number): RunMoment {
    const { rows, open, statuses, inFlight, rowsInAll, lanes, etaSeconds } = this.#pulses.read(record)
    // It is noted of all lanes together.
    const isAlone = Object.keys(lanes).length === 1
    const found = etaSeconds === undefined ? undefined : at + etaSeconds * 1000
    return {
      kind: 'progress',
      run: record.run,
      at,
      last: false,
      counts: { rows, open, statuses },
      traffic: {},
      limits: record.limits,
      rowsRead: rows,
      rowsInAll,
      lanes: Object.fromEntries(
        Object.entries(lanes).map(([lane, { requests, rpm, limitRpm, trouble }]) => [
          lane,
          { requests, rpm, limitRpm: limitRpm ?? undefined, inFlight: isAlone ? inFlight : undefined, trouble },
        ]),
      ),
      endsAt: status.endsAt ?? found,
    }
  }

  async #workers(at: number): Promise<Pick<Moment, 'workers' | 'problem'>> {
    if (this.#asked !== undefined && at - this.#asked.at < WORKERS_EVERY_MS) return this.#asked
    this.#asked = { at, ...(await this.#ask()) }
    return this.#asked
  }

  async #ask(): Promise<Pick<Moment, 'workers' | 'problem'>> {
    try {
      return { workers: await listWorkers(this.#environment), problem: undefined }
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      return { workers: undefined, problem: error.message }
    }
  }
}
