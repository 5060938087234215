import { setTimeout as delay } from 'node:timers/promises'
import { type Secrets, keepSecrets } from '../outside/secrets.ts'
import { NO_PROXIES, type Proxies } from '../proxy/proxies.ts'
import type { Credentials } from './credentials.ts'
import { basicAuthorization, checkBaseUrl, secretsOf } from './credentials.ts'
import { describeStatus } from './describe-status.ts'
import type { ApiRequest, Denied, Exchange, Fault, Reply } from './exchange.ts'
import { readEnvelope } from './read-envelope.ts'
import { CredentialStatus, type Trial } from './credential-status.ts'
import { type TokenAnswer, TokenKeeper } from './token-keeper.ts'
import type { TokenStore } from './token-store.ts'
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
  /** Where all processes of the account keep their one token; absent: this client has one for itself. */
  readonly tokens?: TokenStore
  /** Milliseconds on a clock that only goes forward: decides when a token is renewed. */
  readonly now?: () => number
}

export interface Client {
  /**
   * Whether a request may leave: to be asked before its slot, so that no request waits between the two. `wait`: ask
   * again, after `patienceMs` at most. `probe`: the credentials are in doubt, and this one request finds out. What is no
   * word is why there is no token: it stands for the request. Rejects when the signal aborts.
   */
  clear(signal: AbortSignal, patienceMs: number): Promise<Clearance | NoToken>
  /** Whether a token is at hand that is not in doubt, at this moment. */
  isReady(): boolean
  /** Since when a token is asked for, by `performance.now()`; undefined where none is. */
  tokenAskedAt(): number | undefined
  /**
   * Sends one request, once, with the credentials. Never throws for what the network or the API does: a stop by the
   * signal is the fault `ABORTED`. Without a token at hand it asks for one first.
   */
  send(request: ApiRequest, options?: { readonly signal?: AbortSignal }): Promise<Exchange>
  /** A text without the account's credentials, and without its tokens in use and before. */
  conceal(text: string): string
  /** Closes the connections; requests under way become faults. */
  close(): void
}

export type Clearance = 'open' | 'probe' | 'wait'

/** Why there is no token. */
export type NoToken = Exclude<TokenAnswer, { kind: 'token' }>

/** A client of one account. Throws a UsageError for a base URL that cannot be used. */
export function createClient(options: ClientOptions): Client {
  const {
    credentials,
    timeouts = {},
    maxSockets = 512,
    maxReplyBytes = 2 ** 24,
    proxies = NO_PROXIES,
    now = monotonicMs,
  } = options
  const base = checkBaseUrl(options.baseUrl)
  const { connectMs = 10_000, replyMs = 60_000 } = timeouts
  const transport = createTransport({ connectMs, replyMs, maxSockets, maxReplyBytes, proxies })
  const secrets = keepSecrets(secretsOf(credentials))
  let tokenAskedAt: number | undefined
  const ask = async () => {
    tokenAskedAt = performance.now()
    try {
      return await transport.send(tokenMessage(base, credentials))
    } finally {
      tokenAskedAt = undefined
    }
  }
  const keeper = new TokenKeeper({ ask, now, conceal: secrets.conceal, store: options.tokens })
  const basic =
    credentials.kind === 'basic' ? basicAuthorization(credentials.username, credentials.password) : undefined
  const credentialStatus = new CredentialStatus({
    renewable: basic === undefined,
    onOver: (token) => keeper.giveUp(token),
    now,
  })

  async function clear(signal: AbortSignal, patienceMs: number): Promise<Clearance | NoToken> {
    const clearance = credentialStatus.clearance()
    if (clearance.kind === 'wait') {
      await delay(Math.min(clearance.ms, patienceMs), undefined, { signal })
      return 'wait'
    }
    if (basic !== undefined || keeper.atHand() !== undefined) return clearance.kind
    if (keeper.waitMs() > 0) {
      await delay(Math.min(keeper.waitMs(), patienceMs), undefined, { signal })
      return 'wait'
    }
    // The token is shared: who stops waiting for it leaves it to the others.
    const waited = new AbortController()
    const patience = delay(patienceMs, 'wait' as const, { signal: AbortSignal.any([signal, waited.signal]) })
    patience.catch(() => {})
    const answer = await Promise.race([keeper.get(), patience]).finally(() => waited.abort())
    if (answer === 'wait') return 'wait'
    return answer.kind === 'token' ? clearance.kind : answer
  }

  async function send(request: ApiRequest, { signal }: { readonly signal?: AbortSignal } = {}): Promise<Exchange> {
    if (signal?.aborted === true) return aborted(0)
    const grant = basic ?? (await unlessAborted(keeper.get(), signal))
    if (typeof grant !== 'string' && grant.kind !== 'token') return grant
    const token = typeof grant === 'string' ? grant : grant.token
    secrets.add(token)
    const header = basic === undefined ? 'x-cap-api-oauth-token' : 'authorization'
    const message = messageOf(base, request, { [header]: token })
    const trial = credentialStatus.begin(token, `${message.url} ${message.body ?? ''}`)
    const exchange = concealed(await transport.send(message, signal), secrets)
    if (exchange.kind === 'reply' && exchange.status === 401 && !wasCarriedOut(exchange))
      return settleRefusal(exchange, trial)
    if (exchange.kind === 'reply' && isServed(exchange)) credentialStatus.served(trial)
    else credentialStatus.unclear(trial)
    return exchange
  }

  /** Where the processes of the account have another token by now, it takes the place of the one that was refused. */
  async function settleRefusal(reply: Reply, trial: Trial): Promise<Exchange> {
    const { name } = trial.grant
    if (basic === undefined && (await keeper.adoptNewer(name))) credentialStatus.replace(name)
    const refusal = await credentialStatus.refused(trial)
    const { requestId, latencyMs } = reply
    const message = secrets.conceal(describeStatus(reply))
    return { kind: 'unauthorized', ...refusal, message, requestId, latencyMs }
  }

  return {
    clear,
    isReady: () => credentialStatus.isOpen() && (basic !== undefined || keeper.atHand() !== undefined),
    tokenAskedAt: () => tokenAskedAt ?? (basic === undefined ? keeper.missingSince() : undefined),
    send,
    conceal: secrets.conceal,
    close: transport.close,
  }
}

function monotonicMs(): number {
  return performance.now()
}

/**
 * Whether a reply is one that the API gives to those whom it knows, and not one of a gateway or of the pace. The API
 * puts business errors under any status (capillary-facts.md, section 4).
 */
export function isServed({ status, text }: Reply): boolean {
  const isOfTheApi = (status >= 200 && status < 300) || status === 400 || status === 404 || status === 500
  return isOfTheApi && /^\s*\{/.test(text)
}

/** Whether a reply says of something that it was done, whatever its status says (capillary-facts.md, section 4). */
function wasCarriedOut({ text }: Reply): boolean {
  const envelope = readEnvelope(text)
  switch (envelope.kind) {
    case 'single':
      return envelope.item.accepted && envelope.item.errors.length === 0
    case 'bulk':
    case 'v1':
      return envelope.items.some(({ accepted }) => accepted)
    case 'link':
      return envelope.customers.some(({ programs }) => programs.some(({ status }) => status.passed === true))
    case 'none':
      return false
  }
}

export function tokenMessage(base: string, credentials: Credentials): Message {
  const { key, secret } = credentials.kind === 'oauth' ? credentials : { key: '', secret: '' }
  return {
    method: 'POST',
    url: `${base}/v3/oauth/token/generate`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key, secret }),
  }
}

export function messageOf(base: string, request: ApiRequest, authorization: Message['headers']): Message {
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

/** Words that came from outside may repeat what we sent. What a reply's body says is concealed by who reads it. */
function concealed<T extends Reply | Fault | Denied>(exchange: T, secrets: Secrets): T {
  if (exchange.kind !== 'reply') return { ...exchange, message: secrets.conceal(exchange.message) }
  const { requestId } = exchange
  return requestId === undefined ? exchange : { ...exchange, requestId: secrets.conceal(requestId) }
}
