import type { HaltVerdict, RetryVerdict, ThrottledVerdict } from './verdict.ts'

/** The API said no to what was asked, and would say no again. */
export interface Refusal {
  readonly kind: 'refusal'
  readonly code?: number
  readonly message: string
  readonly hint?: string
  /** Nothing was sent: the request cannot be put on the wire. */
  readonly unsent?: boolean
}

/** The API said that what was asked for is there already. */
export interface Existing {
  readonly kind: 'exists'
  readonly code?: number
  readonly message: string
  readonly hint?: string
}

/** What a reply without success means, before the lane makes its verdict of it. */
export type ReplyClass = RetryVerdict | ThrottledVerdict | HaltVerdict | Refusal | Existing
