import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { errorsAnswer } from './answer.ts'
import type { Answer } from './answer.ts'
import type { AcceptedCredentials } from './options.ts'
import { asRecord, asText, parseJson } from './read-json.ts'

export interface TokenOptions {
  readonly accepted: AcceptedCredentials | undefined
  readonly ttlSeconds: number
  /** Each new token ends the one before. */
  readonly sole: boolean
  /** So long after it was given, a token is accepted. */
  readonly lateMs: number
  /** Milliseconds on a clock that only goes forward. */
  readonly now: () => number
}

/** Who may ask: OAuth tokens, and Basic credentials (capillary-facts.md, section 2). */
export class Tokens {
  readonly #accepted: AcceptedCredentials | undefined
  readonly #ttlSeconds: number
  readonly #sole: boolean
  readonly #lateMs: number
  readonly #now: () => number
  /** Tokens, from when until when they are accepted. */
  readonly #lives = new Map<string, { readonly from: number; readonly until: number }>()
  /** Verdicts on Basic headers: a client sends the same one every time. */
  readonly #basic = new Map<string, boolean>()
  issued = 0

  constructor(options: TokenOptions) {
    this.#accepted = options.accepted
    this.#ttlSeconds = options.ttlSeconds
    this.#sole = options.sole
    this.#lateMs = options.lateMs
    this.#now = options.now
  }

  /** `POST /v3/oauth/token/generate` with `{ key, secret }`. */
  generate(text: string): Answer {
    const body = asRecord(parseJson(text))
    const key = asText(body?.['key'])
    const secret = asText(body?.['secret'])
    if (key === '' || secret === '') return v3Error(400, 400, 'Input is invalid')
    const oauth = this.#accepted?.oauth
    if (this.#accepted !== undefined && (oauth?.key !== key || oauth.secret !== secret)) {
      return v3Error(400, 320_001, 'Invalid client key and secret')
    }
    const now = this.#now()
    for (const [token, { until }] of this.#lives) if (this.#sole || until <= now) this.#lives.delete(token)
    this.issued += 1
    const accessToken = `simulated-token-${this.issued}`
    this.#lives.set(accessToken, { from: now + this.#lateMs, until: now + this.#ttlSeconds * 1000 })
    return {
      status: 200,
      body: JSON.stringify({ data: { accessToken, ttlSeconds: this.#ttlSeconds }, errors: null }),
    }
  }

  /** Ends every token at once, as an administrator may. */
  revoke(): void {
    this.#lives.clear()
  }

  /** The 401 for a request that may not pass. */
  refusal(headers: IncomingHttpHeaders): Answer | undefined {
    return this.#mayPass(headers) ? undefined : errorsAnswer(401, 401)
  }

  #mayPass(headers: IncomingHttpHeaders): boolean {
    const token = headers['x-cap-api-oauth-token']
    if (typeof token === 'string') return this.#isAlive(token)
    const basic = headers.authorization
    if (basic === undefined) return false
    let verdict = this.#basic.get(basic)
    if (verdict === undefined) {
      verdict = this.#isBasic(basic)
      // Bounded, whatever a client makes up.
      if (this.#basic.size < 1000) this.#basic.set(basic, verdict)
    }
    return verdict
  }

  #isAlive(token: string): boolean {
    const life = this.#lives.get(token)
    const now = this.#now()
    return life !== undefined && life.from <= now && now < life.until
  }

  // base64(user:md5hex(password)).
  #isBasic(header: string): boolean {
    const encoded = /^Basic (\S+)$/.exec(header)?.[1] ?? ''
    const [, username, digest] = /^([^:]+):([0-9a-f]{32})$/.exec(Buffer.from(encoded, 'base64').toString()) ?? []
    if (username === undefined) return false
    if (this.#accepted === undefined) return true
    const basic = this.#accepted.basic
    return basic?.username === username && createHash('md5').update(basic.password).digest('hex') === digest
  }
}

function v3Error(status: number, code: number, message: string): Answer {
  return { status, body: JSON.stringify({ data: null, errors: [{ code, message }], warnings: null }) }
}
