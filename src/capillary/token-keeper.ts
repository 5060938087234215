import { codeOf, fieldOf, numberOf, textOf, wordsOf } from './coerce.ts'
import type { Denied, Fault, Reply } from './exchange.ts'
import { parseJson } from './parse-json.ts'
import { readIssues } from './read-issues.ts'

/** A token, or why there is none. A reply is always a 429: the token endpoint has a pace of its own. */
export type TokenAnswer = { readonly kind: 'token'; readonly token: string } | Reply | Fault | Denied

export interface TokenKeeperOptions {
  /** Asks the token endpoint, once. */
  readonly ask: () => Promise<Reply | Fault>
  /** Milliseconds on a clock that only goes forward. */
  readonly now: () => number
}

/** The lifetime where the reply gives none, in seconds: that of the documented samples, the shortest one known. */
const defaultTtlSeconds = 300

/** A token is given up at this share of its lifetime, so that none ends while a request is on its way. */
const usableShare = 0.8

/** Holds one token for all requests: asked for once however many wait, and again before it ends. */
export class TokenKeeper {
  readonly #ask: () => Promise<Reply | Fault>
  readonly #now: () => number
  #token: string | undefined
  #usableUntil = 0
  #flight: Promise<TokenAnswer> | undefined

  constructor({ ask, now }: TokenKeeperOptions) {
    this.#ask = ask
    this.#now = now
  }

  /** The token in use, or a new one. */
  async get(): Promise<TokenAnswer> {
    if (this.#token !== undefined && this.#now() < this.#usableUntil) return { kind: 'token', token: this.#token }
    this.#flight ??= this.#fetch()
    return this.#flight
  }

  /** To be called when the API refused a token: unless another request has renewed it meanwhile, it is given up. */
  drop(token: string): void {
    if (this.#token === token) this.#token = undefined
  }

  async #fetch(): Promise<TokenAnswer> {
    const askedAt = this.#now()
    const answer = readToken(await this.#ask())
    this.#flight = undefined
    if (answer.kind !== 'token') return answer
    this.#token = answer.token
    this.#usableUntil = askedAt + answer.ttlSeconds * 1000 * usableShare
    return answer
  }
}

function readToken(
  reply: Reply | Fault,
): Exclude<TokenAnswer, { kind: 'token' }> | { kind: 'token'; token: string; ttlSeconds: number } {
  // Whatever became of asking for a token, the request that needed it was not sent.
  if (reply.kind === 'fault') return { ...reply, message: `No token: ${reply.message}`, maybeSent: false }
  const { status, latencyMs } = reply
  if (status === 429) return reply
  const body = parseJson(reply.text.trim())?.value
  const data = fieldOf(body, 'data') ?? body
  const token = textOf(fieldOf(data, 'accessToken'))
  if (token !== undefined && status < 300) {
    const ttlSeconds =
      numberOf(fieldOf(data, 'ttlSeconds')) ?? numberOf(fieldOf(data, 'expiresIn')) ?? defaultTtlSeconds
    return { kind: 'token', token, ttlSeconds }
  }
  const [error] = readIssues(fieldOf(body, 'errors'))
  const words = error?.message || wordsOf(fieldOf(body, 'message'))
  const said = `HTTP ${status}${words === undefined ? '' : `: ${words}`}`
  const isRefused = (status >= 300 && status < 500 && status !== 408) || (status < 300 && error !== undefined)
  if (!isRefused) {
    const message = `No token: the token endpoint answered ${said}`
    return { kind: 'fault', code: 'TOKEN_UNAVAILABLE', message, maybeSent: false, latencyMs }
  }
  const message = `The API gave no token for these credentials: ${said}`
  return { kind: 'denied', status, code: error?.code ?? codeOf(fieldOf(body, 'code')), message, latencyMs }
}
