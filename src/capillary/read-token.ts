import { codeOf, fieldOf, numberOf, textOf, wordsOf } from './coerce.ts'
import { describeStatus } from './describe-status.ts'
import type { Denied, Fault, Reply } from './exchange.ts'
import { parseJson } from './parse-json.ts'
import { readEnvelope } from './read-envelope.ts'
import { readIssues } from './read-issues.ts'
import { retryAfterMs } from './retry-after.ts'

/** What the token endpoint said. `worded`: a refusal in the API's own form, and not in that of something before it. */
export type TokenReply =
  | { readonly kind: 'token'; readonly token: string; readonly ttlMs: number }
  | (Denied & { readonly worded: boolean })
  /** Always a 429: the token endpoint has a pace of its own. */
  | Reply
  | Fault

/** The lifetime where the reply gives none that can be: that of the documented samples, the shortest one known. */
const DEFAULT_TTL_SECONDS = 300

/** Reads a reply of `POST /v3/oauth/token/generate`. Source: capillary-facts.md, section 2, and capillary-facts-2.md. */
export function readToken(reply: Reply | Fault): TokenReply {
  // Whatever became of asking for a token, the request that needed it was not sent.
  if (reply.kind === 'fault')
    return { ...reply, message: `No token: ${reply.message}`, maybeSent: false, noToken: true }
  const { status, latencyMs } = reply
  if (status === 429) return reply
  const body = parseJson(reply.text.trim())?.value
  const data = fieldOf(body, 'data') ?? body
  const token = textOf(fieldOf(data, 'accessToken'))
  if (token !== undefined && status < 300) {
    if (!SENDABLE.test(token)) return unavailable('gave one that no header of a request can hold', reply)
    const told = numberOf(fieldOf(data, 'ttlSeconds')) ?? numberOf(fieldOf(data, 'expiresIn')) ?? 0
    // Whoever believed that it ends at once would ask for ever; the API tells when it has ended.
    const seconds = told >= 1 ? told : DEFAULT_TTL_SECONDS
    return { kind: 'token', token, ttlMs: seconds * 1000 }
  }
  const [error] = readIssues(fieldOf(body, 'errors'))
  const words = error?.message || wordsOf(fieldOf(body, 'message'))
  const said = words === undefined ? withoutWords(reply) : `HTTP ${status}: ${words}`
  const isRefused =
    (status >= 300 && status < 500 && status !== 408) ||
    (status < 300 && error !== undefined) ||
    // The documented refusal has no documented status, and the API puts lasting errors under a 500.
    error?.code === INVALID_CREDENTIALS
  if (!isRefused) return unavailable(`answered ${said}`, reply)
  const message = `The API gave no token for these credentials: ${said}`
  const code = error?.code ?? codeOf(fieldOf(body, 'code'))
  return { kind: 'denied', status, code, message, latencyMs, worded: words !== undefined || code !== undefined }
}

/** Source: capillary-facts-2.md, section D. */
const INVALID_CREDENTIALS = 320_001

/** As Node.js has it of the characters of a header. */
const SENDABLE = /^[\t\u0020-\u007E\u0080-\u00FF]+$/

function unavailable(how: string, reply: Reply): Fault {
  const { latencyMs } = reply
  const message = `No token: the token endpoint ${how}`
  const afterMs = retryAfterMs(reply)
  return { kind: 'fault', code: 'TOKEN_UNAVAILABLE', message, maybeSent: false, noToken: true, afterMs, latencyMs }
}

/** Whoever stands before the endpoint speaks in pages, if at all: a portal that wants to be signed in to, a firewall. */
function withoutWords(reply: Reply): string {
  const envelope = readEnvelope(reply.text)
  return envelope.kind === 'none' ? describeStatus(reply, envelope) : `HTTP ${reply.status} without a token`
}
