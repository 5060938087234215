import type { BatchSettings, JobRow } from '../src/broker/jobs.ts'
import type { ApiRequest, Exchange } from '../src/capillary/exchange.ts'
import type {
  FinalVerdict,
  HaltVerdict,
  NextVerdict,
  RefusedVerdict,
  RetryVerdict,
  ThrottledVerdict,
} from '../src/capillary/verdict.ts'
import type { LaneName } from '../src/model.ts'

/** What a reply means for the rows of its request: a verdict for each, in their order, or one for all of them. */
export type Answer =
  | { readonly kind: 'rows'; readonly verdicts: readonly (FinalVerdict | NextVerdict | RetryVerdict)[] }
  | RetryVerdict
  | ThrottledVerdict
  | HaltVerdict
  | RefusedVerdict

/** An API endpoint as the worker loop sees it. A new endpoint is one new file that gives one of these. */
export interface Lane {
  readonly name: LaneName
  /** Rows that one request can carry. */
  readonly rowsPerRequest: number
  request(rows: readonly JobRow[]): ApiRequest
  read(exchange: Exchange, rows: readonly JobRow[], settings: BatchSettings): Answer
  /** Where a final verdict lacks the customer's id: the look-ups that may find it, likeliest first. */
  lookUps?(row: JobRow): readonly ApiRequest[]
}
