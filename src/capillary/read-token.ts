import { codeOf, fieldOf, numberOf, textOf, wordsOf } from './coerce.ts'
import type { Denied, Fault, Reply } from './exchange.ts'
import { parseJson } from './parse-json.ts'
import { readIssues } from './read-issues.ts'

/** What the token endpoint said. `worded`: a refusal in the API's own form, and not in that of something before it. */
export type TokenReply =
  | { readonly kind: 'token'; readonly token: string; readonly ttlMs: number }
  | (Denied & { readonly worded: boolean })
  /** Always a 429: the token endpoint has a pace of its own. */
  | Reply
  | Fault

/** The lifetime where the reply gives none: that of the documented samples, the shortest one known. */
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
    const seconds = numberOf(fieldOf(data, 'ttlSeconds')) ?? numberOf(fieldOf(data, 'expiresIn')) ?? DEFAULT_TTL_SECONDS
    return { kind: 'token', token, ttlMs: seconds * 1000 }
  }
  const [error] = readIssues(fieldOf(body, 'errors'))
  const words = error?.message || wordsOf(fieldOf(body, 'message'))
  const said = `HTTP ${status}${words === undefined ? '' : `: ${words}`}`
  const isRefused = (status >= 300 && status < 500 && status !== 408) || (status < 300 && error !== undefined)
  if (!isRefused) {
    const message = `No token: the token endpoint answered ${said}`
    return { kind: 'fault', code: 'TOKEN_UNAVAILABLE', message, maybeSent: false, noToken: true, latencyMs }
  }
  const message = `The API gave no token for these credentials: ${said}`
  const code = error?.code ?? codeOf(fieldOf(body, 'code'))
  return { kind: 'denied', status, code, message, latencyMs, worded: words !== undefined || code !== undefined }
}
