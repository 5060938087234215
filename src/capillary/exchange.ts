import type { Json, Parameters } from '../model.ts'

/** One request to the API, before authentication. `path` begins with a slash and holds no query. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly query?: Parameters
  readonly headers?: Parameters
  readonly body?: Json
}

/** The API, or something that stands before it, answered. */
export interface Reply {
  readonly kind: 'reply'
  readonly status: number
  /** Only the headers that a verdict may need, by their lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** `X-Cap-Requestid`. */
  readonly requestId?: string
  readonly latencyMs: number
}

/** No reply came. */
export interface Fault {
  readonly kind: 'fault'
  /** Node's or our own code: `ECONNREFUSED`, `ETIMEDOUT`, `ABORTED`, `REPLY_TOO_LARGE`, … */
  readonly code: string
  readonly message: string
  /**
   * The request may have reached the API: its effect is unknown.
   * False only where it surely did not (refused connection, name not found, TLS failure, no token).
   */
  readonly maybeSent: boolean
  readonly latencyMs: number
}

/** The token endpoint answered and refused: no request can be made with these credentials at this address. */
export interface Denied {
  readonly kind: 'denied'
  readonly status: number
  readonly code?: number
  readonly message: string
  readonly latencyMs: number
}

/** What came of sending one request. */
export type Exchange = Reply | Fault | Denied
