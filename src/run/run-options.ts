import type { Broker } from '../broker/broker.ts'
import type { BatchSettings, Notice } from '../broker/jobs.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Json, LaneName, Outcome } from '../model.ts'
import type { CompiledPlan } from '../plan/compile-plan.ts'
import type { RunRow } from './run-row.ts'
import type { Window } from './settings.ts'
import type { StopWhen } from './stop-when.ts'
import type { Priority } from './turn-taker.ts'
import type { UntakenLane } from './untaken.ts'

/** What a session of a run works with. */
export interface RunOptions {
  readonly run: string
  readonly account: string
  readonly plan: CompiledPlan
  readonly rows: AsyncIterable<readonly RunRow[]>
  /** So many rows stand in front of them, and are done: an earlier session has seen to each. None unless told. */
  readonly rowsBefore?: number
  /** Called behind each chunk, when its rows were dispatched. What it gives is kept in the ledger once all of them are done. */
  readonly placeBehind?: ((row: number) => Promise<Json | undefined>) | undefined
  /** Rows to read at most. */
  readonly limit: number | undefined
  /** Called when all rows were read; rejects with InputChanged where they are not those of the file that the run is over. */
  readonly confirmRead: () => Promise<void>
  readonly ledger: Ledger
  readonly broker: Broker
  readonly settings: Readonly<Record<LaneName, BatchSettings>>
  readonly batchRows: Readonly<Record<LaneName, number>>
  readonly priority: Priority
  readonly window: Window
  readonly stopWhen: StopWhen
  /** The API has answered the account before the run, so that what it refuses it may refuse to one row alone. */
  readonly wasAnswered: boolean
  /** The file through which another process asks something of the run. */
  readonly requestFile: string
  /** Another process changes a lane's limit, in requests per minute. */
  readonly onPace: (lane: LaneName, rpm: number) => void
  /** Aborts when the run is to pause: Ctrl-C. */
  readonly signal: AbortSignal
  /** Aborts where what goes on beside the run failed for good, with the error as its reason. */
  readonly broken: AbortSignal
  /** Called once nothing more is sent: what is left to do with the broker is not worth waiting long for. */
  readonly onEnding: () => void
  /** Whether an error says no more than that the broker stayed away, and is no longer waited for. */
  readonly isAbandonment: (error: unknown) => boolean
  /** Stops the workers of this process: the requests in flight end, the rest is handed back. */
  readonly stopWorkers: () => Promise<void>
  readonly onNotice: (notice: Notice) => void
  /** Outcomes of our own that the ledger has just taken: of rows that were not sent. */
  readonly onUnsent?: (outcomes: readonly Outcome[]) => void
  /** Called again and again with the lanes on which nobody takes the run's jobs: mostly with none. On Redis alone. */
  readonly onUntaken: (lanes: readonly UntakenLane[]) => Promise<void>
  /** Rows read so far; ended: there are no more. */
  readonly onRead: (rows: number, ended: boolean) => void
  readonly onError: (error: Error) => void
}

/** How a session of a run ended. */
export type RunEnd =
  | { readonly state: 'finished' | 'paused' | 'cancelled' }
  | {
      readonly state: 'halted'
      readonly reason: string
      readonly remedy: string
      /** The plan's `stop_when` halted it: what the API said of the rows, not what kept them from it. */
      readonly stopWhen?: boolean
    }
