import type { LaneName, RequestResult, Result } from '../src/model.ts'

/**
 * What a worker did, as data, for whoever counts it. Times are milliseconds since the epoch. Nothing of a member is in
 * it, and no credential.
 */
export type WorkEvent =
  /** `lane`: on whose limit it went; the batch may be another lane's. */
  | {
      readonly kind: 'request'
      readonly run: string
      readonly lane: LaneName
      readonly result: RequestResult
      readonly batch: BatchName
      readonly at: number
      readonly tookMs: number
      readonly rows: number
      /** HTTP's; absent where no reply came, and then `fault` says why. */
      readonly status?: number
      readonly fault?: string
      readonly requestId?: string
    }
  /** A row has its outcome on the lane. */
  | { readonly kind: 'row-answered'; readonly lane: LaneName; readonly result: Result }
  /** A pass over a batch, from taking its job to letting it go. */
  | {
      readonly kind: 'batch-passed'
      readonly run: string
      readonly batch: BatchName
      readonly from: number
      readonly until: number
    }
  /** Rows in the hands of this process, and the limits that they go at, in requests a minute; absent: none. */
  | { readonly kind: 'lane-load'; readonly lane: LaneName; readonly rows: number }
  | { readonly kind: 'lane-limit'; readonly lane: LaneName; readonly rpm: number | undefined }
  | { readonly kind: 'lane-health'; readonly lane: LaneName; readonly up: boolean }
  /** Nothing is sent on the lane between the two, because the API said so. */
  | { readonly kind: 'lane-held'; readonly lane: LaneName; readonly from: number; readonly until: number }

/** A batch in the hands of a worker. `pass`: how often it was taken up before. */
export interface BatchName {
  readonly lane: LaneName
  readonly batch: number
  readonly pass: number
}

/** Called with each event as it happens. It must not throw. */
export type WorkListener = (event: WorkEvent) => void
