import type { CodeCount, Ledger } from '../../ledger/ledger.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import type { LaneName, Status } from '../../model.ts'
import type { LaneTrouble } from '../session/lane-troubles.ts'
import { IN_FLIGHT, ROWS_IN_ALL } from './expectations.ts'
import { openTroubles } from './open-troubles.ts'
import { type RunRecord, readRunRecord, runFolder } from '../../run/run-record.ts'

/** How a run goes at this moment. Nothing of a member is in it. */
export interface RunPulse {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Rows that were read and entered so far. */
  readonly rows: number
  readonly statuses: Readonly<Record<Status, number>>
  /** Rows without a status as yet. */
  readonly open: number
  /** Those of them that workers have in hand; absent where nobody knows. */
  readonly inFlight?: number
  /** Rows that the file has in all, as far as that is known. */
  readonly rowsInAll?: number
  readonly lanes: Readonly<Record<LaneName, LanePulse>>
  /** What rows met most often. */
  readonly problems: readonly Pick<CodeCount, 'lane' | 'severity' | 'code' | 'message' | 'rows'>[]
  /** Seconds until every row is done, at the pace of the moment. */
  readonly etaSeconds?: number
}

export interface LanePulse {
  readonly requests: number
  readonly retries: number
  readonly throttled: number
  /** Requests per minute over the last ten seconds or so. */
  readonly rpm: number
  readonly limitRpm: number | null
  /** What stands in its way; absent where nothing does. */
  readonly trouble?: LaneTrouble | undefined
}

const PROBLEMS_TOLD = 5
const MEAN_OVER_MS = 10_000

interface Sample {
  readonly at: number
  readonly requests: Readonly<Record<LaneName, number>>
  readonly done: number
}

/** Reads the pulse of runs again and again: keeps their ledgers open, and remembers where each was a moment ago. */
export class PulseReader implements Disposable {
  readonly #home: string
  readonly #ledgers = new Map<string, Ledger>()
  readonly #samples = new Map<string, readonly Sample[]>()

  constructor(home: string) {
    this.#home = home
  }

  read({ run }: Pick<RunRecord, 'run'>): RunPulse {
    const record = readRunRecord(this.#home, run)
    const ledger = this.#ledger(run)
    const at = Date.now()
    const { rows, statuses, open } = ledger.counts()
    const traffic = ledger.traffic()
    const requests = Object.fromEntries(Object.entries(traffic).map(([lane, each]) => [lane, each.requests]))
    const before = this.#sample(run, { at, requests, done: rows - open })
    const spanMs = Math.max(at - before.at, 1)
    const limits = { ...record.limits, ...record.paced }
    const rowsInAll = ledger.meta.get(ROWS_IN_ALL)
    const inFlight = ledger.meta.get(IN_FLIGHT)
    const troubleOf = openTroubles(ledger.events(), at)
    const left = (typeof rowsInAll === 'number' ? rowsInAll : rows) - (rows - open)
    const perMs = (rows - open - before.done) / spanMs
    return {
      at,
      rows,
      statuses,
      open,
      ...(typeof inFlight === 'number' && { inFlight: Math.min(inFlight, open) }),
      ...(typeof rowsInAll === 'number' && { rowsInAll }),
      lanes: Object.fromEntries(
        record.lanes.map((lane): [LaneName, LanePulse] => {
          const { requests: sent = 0, retries = 0, throttled = 0 } = traffic[lane] ?? {}
          const limitRpm = limits[lane] ?? null
          const seen = Math.round(((sent - (before.requests[lane] ?? 0)) * 60_000) / spanMs)
          // Answers come in batches: over some seconds it may look faster than it goes.
          const rpm = Math.min(seen, limitRpm ?? Infinity)
          return [lane, { requests: sent, retries, throttled, rpm, limitRpm, trouble: troubleOf(lane) }]
        }),
      ),
      problems: ledger
        .codes(PROBLEMS_TOLD)
        .map(({ lane, severity, code, message, rows: met }) => ({ lane, severity, code, message, rows: met })),
      ...(perMs > 0 && left > 0 && { etaSeconds: Math.ceil(left / perMs / 1000) }),
    }
  }

  /** Lets go of a run that is no longer looked at. */
  forget(run: string): void {
    this.#ledgers.get(run)?.close()
    this.#ledgers.delete(run)
    this.#samples.delete(run)
  }

  [Symbol.dispose](): void {
    for (const ledger of this.#ledgers.values()) ledger.close()
    this.#ledgers.clear()
  }

  #ledger(run: string): Ledger {
    const known = this.#ledgers.get(run)
    if (known !== undefined) return known
    const ledger = openLedger(runFolder(this.#home, run).ledger, { readOnly: true })
    this.#ledgers.set(run, ledger)
    return ledger
  }

  /** Notes where the run is now; gives where it was at the beginning of the time that a mean is taken over. */
  #sample(run: string, now: Sample): Sample {
    const samples = [...(this.#samples.get(run) ?? []), now].filter(({ at }) => now.at - at <= MEAN_OVER_MS)
    this.#samples.set(run, samples)
    return samples[0] ?? now
  }
}
