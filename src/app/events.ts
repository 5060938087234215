import type { Notice } from '../broker/jobs.ts'
import type { Counts, LaneTraffic } from '../ledger/ledger.ts'
import type { LaneName } from '../model.ts'
import type { State } from '../run/run-record.ts'
import type { LaneTrouble } from './session/lane-troubles.ts'
import type { WorkEvent } from '../../workers/work-event.ts'

/**
 * What a person may want to hear while something that was asked is under way. Times are milliseconds since the epoch.
 * Nothing of a member is in it, and no credential.
 */
export type AppEvent =
  /** What begins, and may take a while: a few words, as `Opening the broker`. */
  | { readonly kind: 'stage'; readonly text: string }
  /** A file is copied here from another place. `file`: its address, without credentials. */
  | { readonly kind: 'fetching'; readonly file: string }
  /** `signedBy`: the id of the key, where a signature was asked for. */
  | { readonly kind: 'decrypted'; readonly file: string; readonly signedBy: string | undefined }
  /** How a file is read, where that had to be found out, and what is odd about it: a sentence. */
  | { readonly kind: 'source-note'; readonly text: string }
  /** Rows of a mended file that are done already or not asked for: they are not sent. */
  | { readonly kind: 'rows-left-out'; readonly file: string; readonly rows: number }
  /** Rows on a lane that take members out of something, before the first of them is sent. */
  | { readonly kind: 'takes-out'; readonly lane: LaneName; readonly rows: number }
  /** Rows of run `of` that a rerun sends again. */
  | { readonly kind: 'rows-selected'; readonly of: string; readonly rows: number }
  /**
   * Members of run `of` that a verification can look up, before the first of them is, and so many of them at random in a
   * sample. How long it takes at the limits; undefined where there are none.
   */
  | {
      readonly kind: 'members-counted'
      readonly of: string
      readonly members: number
      readonly sample: number | undefined
      readonly durationMs: number | undefined
    }
  /** A run that may be over the same file: nobody knows. */
  | { readonly kind: 'run-unreadable'; readonly run: string; readonly why: string }
  | {
      readonly kind: 'run-started'
      readonly run: string
      readonly lanes: readonly LaneName[]
      readonly limits: Limits
      readonly broker: 'embedded' | 'redis'
    }
  /**
   * What was assumed of the first `rows` of a run, or of all of them: what was taken for no identifier, so that they are
   * sent without it; what is sent and may not be meant as it is read; what is to be said of whole columns.
   */
  | {
      readonly kind: 'assumed'
      readonly run: string
      readonly rows: number
      readonly isWhole: boolean
      readonly leftOut: readonly Assumed[]
      readonly doubts: readonly Assumed[]
      readonly remarks: readonly string[]
    }
  /** The run was worked on in another place before. */
  | { readonly kind: 'run-moved'; readonly run: string; readonly host: string; readonly path: string }
  | { readonly kind: 'run-resumed'; readonly run: string }
  /** Five times a second while a run is under way; `last`: once more when it has ended. */
  | ({ readonly kind: 'progress'; readonly run: string; readonly at: number; readonly last: boolean } & RunProgress)
  | { readonly kind: 'notice'; readonly run: string; readonly notice: Notice }
  /** Another process changed a lane's limit, in requests per minute. */
  | { readonly kind: 'pace-changed'; readonly run: string; readonly lane: LaneName; readonly rpm: number }
  | { readonly kind: 'run-ended'; readonly run: string; readonly state: State }
  /** The reports of a run over the same file could not be written anew. */
  | { readonly kind: 'report-failed'; readonly run: string; readonly why: string }
  /** The page of all runs could not be written. */
  | { readonly kind: 'index-failed'; readonly why: string }
  /** The post of `notify` did not arrive. */
  | { readonly kind: 'notify-failed'; readonly why: string }
  /** That the home may lack the room for what begins: a sentence. */
  | { readonly kind: 'home-advice'; readonly text: string }
  /** What should be set up otherwise on the broker: a sentence. */
  | { readonly kind: 'broker-advice'; readonly text: string }
  /** `why`: a sentence without its end. */
  | { readonly kind: 'broker-lost'; readonly why: string }
  | { readonly kind: 'broker-back' }
  /** It stayed away after a stop, and is no longer waited for. */
  | { readonly kind: 'broker-abandoned' }
  /** No worker has taken a job of the run on that lane for so long. `why`: as far as that is known, in sentences. */
  | {
      readonly kind: 'jobs-untaken'
      readonly run: string
      readonly lane: LaneName
      readonly forMs: number
      readonly why: string
    }
  | { readonly kind: 'jobs-taken'; readonly run: string; readonly lane: LaneName }
  /** Connections come and go: it is tried again. */
  | { readonly kind: 'broker-error'; readonly message: string }
  /** They come again and again: a person may have to do something about it. */
  | { readonly kind: 'broker-troubled'; readonly why: string }
  /** A job could not be worked on, and comes back. */
  | { readonly kind: 'job-failed'; readonly message: string; readonly cause: Cause }
  | { readonly kind: 'inbox-empty'; readonly source: string }
  /** A notification of a sync that did not arrive; kept for the next time. */
  | { readonly kind: 'notification-failed'; readonly channel: string; readonly why: string }
  | {
      readonly kind: 'sync-scheduled'
      readonly sync: string
      readonly cron: string
      readonly zone: string
      readonly next: number
    }
  | { readonly kind: 'scheduler-started'; readonly syncs: readonly string[] }
  | { readonly kind: 'sync-due'; readonly sync: string; readonly due: number }
  | { readonly kind: 'worker-started'; readonly account: string; readonly lanes: readonly LaneName[] }
  | { readonly kind: 'worker-stopping' }
  | { readonly kind: 'worker-stopped' }
  /** What this process sends itself, request by request. */
  | WorkEvent

/** Something that was assumed of so many rows. The message is a shape: what it quotes is cut out. */
export interface Assumed {
  readonly message: string
  readonly rows: number
  readonly hint?: string
}

export interface Cause {
  readonly message: string
  readonly stack?: string | undefined
}

/** Called with each event as it happens. It must not throw. */
export type Listener = (event: AppEvent) => void

/** Requests per minute; a lane that is not there has no limit. */
export type Limits = Readonly<Record<LaneName, number>>

/** How far a run is. */
export interface RunProgress {
  readonly counts: Counts
  /** Rows that were read so far, those of earlier sessions among them. */
  readonly rowsRead: number
  readonly lanes: Readonly<Record<LaneName, LaneProgress>>
  /** When every row will be done, at the pace of the moment; undefined while nobody can tell. */
  readonly endsAt: number | undefined
  readonly traffic: Readonly<Record<LaneName, LaneTraffic>>
  /** Rows that the file has in all, estimated from its bytes until it was read to the end; undefined where unknown. */
  readonly rowsInAll: number | undefined
  readonly limits: Limits
}

/** How a lane goes at this moment. */
export interface LaneProgress {
  /** Requests since the run began. */
  readonly requests: number
  /** Requests a minute over the last ten seconds. */
  readonly rpm: number
  readonly limitRpm: number | undefined
  /** Rows in the hands of a worker of this process; undefined where others work. */
  readonly inFlight: number | undefined
  readonly trouble: LaneTrouble | undefined
}
