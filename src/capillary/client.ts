import { type Secrets, keepSecrets } from '../outside/secrets.ts'
import { NO_PROXIES, type Proxies } from '../proxy/proxies.ts'
import type { Credentials } from './credentials.ts'
import { basicAuthorization, checkBaseUrl, secretsOf } from './credentials.ts'
import type { ApiRequest, Denied, Exchange, Fault, Reply } from './exchange.ts'
import { TokenKeeper } from './token-keeper.ts'
import type { TokenAnswer } from './token-keeper.ts'
import type { Message } from './transport.ts'
import { createTransport } from './transport.ts'

export interface ClientOptions {
  /** https (or http on loopback); may hold a path. */
  readonly baseUrl: string
  readonly credentials: Credentials
  /** `connectMs` 10,000 and `replyMs` 60,000 unless told. */
  readonly timeouts?: { readonly connectMs?: number; readonly replyMs?: number }
  /** Connections at once; 512 unless told. More requests than that wait, on the time of `replyMs`. */
  readonly maxSockets?: number
  /** A longer reply is a fault; 16 MiB unless told. */
  readonly maxReplyBytes?: number
  /** Through which proxies requests leave; none unless told. */
  readonly proxies?: Proxies
  /** Milliseconds on a clock that only goes forward: decides when a token is renewed. */
  readonly now?: () => number
}

export interface Client {
  /**
   * Sends one request, with the credentials. Never throws for what the network or the API does: a stop by the signal
   * is the fault `ABORTED`. Repeats nothing, but for one 401 with a token that had been in use, which is another request
   * of the account's limit: where `mayRepeat` says no, the fault `ABORTED` stands for it.
   */
  send(request: ApiRequest, options?: SendOptions): Promise<Exchange>
  /** A text without the account's credentials, and without its tokens in use and before. */
  conceal(text: string): string
  /** Closes the connections; requests under way become faults. */
  close(): void
}

export interface SendOptions {
  readonly signal?: AbortSignal
  /** Asked before the request is sent a second time. */
  readonly mayRepeat?: () => Promise<boolean>
}

type Authorization = { readonly kind: 'headers'; readonly headers: Message['headers']; readonly token?: string }

/** A client of one account. Throws a UsageError for a base URL that cannot be used. */
export function createClient(options: ClientOptions): Client {
  const {
    credentials,
    timeouts = {},
    maxSockets = 512,
    maxReplyBytes = 2 ** 24,
    proxies = NO_PROXIES,
    now = () => performance.now(),
  } = options
  const base = checkBaseUrl(options.baseUrl)
  const { connectMs = 10_000, replyMs = 60_000 } = timeouts
  const transport = createTransport({ connectMs, replyMs, maxSockets, maxReplyBytes, proxies })
  const secrets = keepSecrets(secretsOf(credentials))
  const keeper = new TokenKeeper({ ask: () => transport.send(tokenMessage(base, credentials)), now })

  async function send(request: ApiRequest, { signal, mayRepeat }: SendOptions = {}): Promise<Exchange> {
    if (signal?.aborted === true) return aborted(0)
    const first = await attempt(request, signal)
    if (first.exchange.kind !== 'reply' || first.exchange.status !== 401 || first.token === undefined)
      return first.exchange
    keeper.drop(first.token)
    if (mayRepeat !== undefined && !(await mayRepeat())) return aborted(first.exchange.latencyMs)
    const second = await attempt(request, signal)
    return second.exchange
  }

  async function attempt(request: ApiRequest, signal?: AbortSignal): Promise<{ exchange: Exchange; token?: string }> {
    const authorization = await authorize(signal)
    if (authorization.kind !== 'headers') return { exchange: concealed(authorization, secrets) }
    const { headers, token } = authorization
    if (token !== undefined) secrets.add(token)
    const exchange = await transport.send(messageOf(base, request, headers), signal)
    return { exchange: concealed(exchange, secrets), token }
  }

  const basic =
    credentials.kind === 'basic'
      ? { authorization: basicAuthorization(credentials.username, credentials.password) }
      : undefined

  async function authorize(signal?: AbortSignal): Promise<Authorization | Exclude<TokenAnswer, { kind: 'token' }>> {
    if (basic !== undefined) return { kind: 'headers', headers: basic }
    const answer = await unlessAborted(keeper.get(), signal)
    if (answer.kind !== 'token') return answer
    return { kind: 'headers', headers: { 'x-cap-api-oauth-token': answer.token }, token: answer.token }
  }

  return { send, conceal: secrets.conceal, close: transport.close }
}

function tokenMessage(base: string, credentials: Credentials): Message {
  const { key, secret } = credentials.kind === 'oauth' ? credentials : { key: '', secret: '' }
  return {
    method: 'POST',
    url: `${base}/v3/oauth/token/generate`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key, secret }),
  }
}

function messageOf(base: string, request: ApiRequest, authorization: Message['headers']): Message {
  const { method, path, query, headers, body } = request
  const search = query === undefined ? '' : new URLSearchParams(query).toString()
  const url = `${base}${path}${search === '' ? '' : `?${search}`}`
  if (body === undefined) return { method, url, headers: { ...headers, ...authorization } }
  const typed = { ...headers, 'content-type': 'application/json', ...authorization }
  return { method, url, headers: typed, body: JSON.stringify(body) }
}

/** The token is shared: a request that is stopped stops waiting for it, and the others get it all the same. */
async function unlessAborted(answer: Promise<TokenAnswer>, signal?: AbortSignal): Promise<TokenAnswer> {
  if (signal === undefined) return answer
  const stopped = Promise.withResolvers<TokenAnswer>()
  const startedAt = performance.now()
  const stop = () => stopped.resolve(aborted(performance.now() - startedAt))
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([answer, stopped.promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function aborted(latencyMs: number): Fault {
  return { kind: 'fault', code: 'ABORTED', message: 'The request was stopped', maybeSent: false, latencyMs }
}

/** Words that came from outside may repeat what we sent. What a reply says is concealed by who reads it. */
function concealed<T extends Reply | Fault | Denied>(exchange: T, secrets: Secrets): T {
  return exchange.kind === 'reply' ? exchange : { ...exchange, message: secrets.conceal(exchange.message) }
}
