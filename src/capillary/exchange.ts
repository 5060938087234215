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
  /** There was no token: the request itself was not sent. */
  readonly noToken?: true
  /** For so long the host is not to be asked again, by its own word. */
  readonly afterMs?: number
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

/**
 * The API refused the credentials of one request (HTTP 401), and carried nothing out. What that says is told by the
 * requests beside it: others may use the same key, and a new token may end the old one, or be accepted late.
 */
export interface Unauthorized {
  readonly kind: 'unauthorized'
  /**
   * token: the token has ended, or is not accepted yet. request: others are served with the same credentials. account:
   * nobody was, with several fresh tokens over a while.
   */
  readonly of: 'token' | 'request' | 'account'
  /** token: the same request was refused before, with a token that served others, who may go first. */
  readonly again?: true
  /** account: the same requests were refused again and again, as there were no others to ask with. */
  readonly sole?: boolean
  /** `HTTP 401`, with the API's words. */
  readonly message: string
  readonly requestId?: string
  readonly latencyMs: number
}

/** What came of sending one request. */
export type Exchange = Reply | Fault | Denied | Unauthorized
