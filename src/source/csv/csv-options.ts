import type { CommentRules } from '../table/comments.ts'
import type { TextOptions } from '../text-options.ts'
import type { CsvDialect } from './csv-dialect.ts'

/** How CSV is read: how it is written, and what of that is in doubt. */
export interface CsvOptions extends TextOptions {
  readonly dialect?: CsvDialect | undefined
  /** Lines to pass over before the header, or before the first record where there is none. */
  readonly skip?: number | undefined
  /** The columns' names, where the file has no header. */
  readonly columns?: readonly string[] | undefined
  /** They are the columns of a report of ours. */
  readonly isReport?: boolean | undefined
  /** Every row has a cell more than the header: which one that is. */
  readonly unnamed?: 'first' | 'last' | undefined
  /** Rows right below the header that say once more what its columns hold. */
  readonly labels?: number | undefined
  /** How rows that begin like comments are taken. */
  readonly comments?: CommentRules | undefined
  /** Nothing has shown that the file puts values in quotes, and the plan does not say it. */
  readonly doubtQuotes?: boolean | undefined
  /** The plan does not say how values are quoted: a value of several lines may be several records. */
  readonly watchJoins?: boolean | undefined
}
