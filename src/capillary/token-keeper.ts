import { setTimeout as delay } from 'node:timers/promises'
import type { Denied, Fault, Reply } from './exchange.ts'
import { type TokenReply, readToken } from './read-token.ts'
import type { TokenStore } from './token-store.ts'

/** A token, or why there is none. A reply is always a 429: the token endpoint has a pace of its own. */
export type TokenAnswer = { readonly kind: 'token'; readonly token: string } | Reply | Fault | Denied

export interface TokenKeeperOptions {
  /** Asks the token endpoint, once. */
  readonly ask: () => Promise<Reply | Fault>
  /** Milliseconds on a clock that only goes forward. */
  readonly now: () => number
  /** Takes out of words that came from outside what nobody is to see. */
  readonly conceal?: (text: string) => string
  /** What all processes of the account share; absent: this process has a token for itself. */
  readonly store?: TokenStore
}

interface Held {
  readonly token: string
  /** From then on another is asked for beside it, so that nobody waits. */
  readonly renewAt: number
  /** Given up before its end, so that it does not end while a request is on its way. */
  readonly usableUntil: number
}

/** The shares of its life at which a token is renewed, and is no longer used. */
const RENEW_AT = 0.8
const USABLE_UNTIL = 0.95

/** Holds one token for all requests: asked for once however many wait, and again before it ends. */
export class TokenKeeper {
  readonly #ask: () => Promise<Reply | Fault>
  readonly #now: () => number
  readonly #conceal: (text: string) => string
  readonly #store: TokenStore | undefined
  #held: Held | undefined
  #flight: Promise<TokenAnswer> | undefined
  #wasGiven = false
  /** Given up: the store may still have them. */
  readonly #over = new Set<string>()
  #trouble: { readonly answer: TokenAnswer; readonly until: number; readonly since: number; times: number } | undefined

  constructor({ ask, now, conceal = (text) => text, store }: TokenKeeperOptions) {
    this.#conceal = conceal
    this.#ask = ask
    this.#now = now
    this.#store = store
  }

  /** The token in use; undefined where one must be asked for first. */
  atHand(): string | undefined {
    const held = this.#held
    if (held === undefined || this.#now() >= held.usableUntil) return undefined
    // What comes of it is in `#held`, or asked for again.
    if (this.#now() >= held.renewAt && this.waitMs() === 0) void this.#fetch()
    return held.token
  }

  /** For how long nobody asks for a token, as there was none a moment ago; 0: whoever comes may ask. */
  waitMs(): number {
    return Math.max((this.#trouble?.until ?? 0) - this.#now(), 0)
  }

  /** Since when there is none, where the endpoint wants not to be asked again for a while: nothing else tells of that. */
  missingSince(): number | undefined {
    const isThere = this.#held !== undefined && this.#now() < this.#held.usableUntil
    return isThere || this.waitMs() <= LONGEST_OWN_WAIT_MS ? undefined : this.#trouble?.since
  }

  /** The token in use, or a new one. */
  async get(): Promise<TokenAnswer> {
    const token = this.atHand()
    if (token !== undefined) return { kind: 'token', token }
    // Whoever asks again at once would be told the same.
    if (this.#trouble !== undefined && this.waitMs() > 0) return this.#trouble.answer
    return this.#fetch()
  }

  /** Not to be used again. */
  giveUp(token: string): void {
    this.#over.add(token)
    const [oldest] = this.#over
    if (this.#over.size > TOKENS_KNOWN && oldest !== undefined) this.#over.delete(oldest)
    if (this.#held?.token === token) this.#held = undefined
  }

  /** The API refused the token: where the processes of the account have another by now, that one is taken. True then. */
  async adoptNewer(refused: string): Promise<boolean> {
    if (this.#held !== undefined && this.#held.token !== refused) return true
    return this.#adoptShared(refused)
  }

  #fetch(): Promise<TokenAnswer> {
    this.#flight ??= this.#renew().finally(() => (this.#flight = undefined))
    return this.#flight
  }

  async #renew(): Promise<TokenAnswer> {
    const old = this.#held?.token
    const adopted = async () => ((await this.#adoptShared(old)) ? this.#held?.token : undefined)
    const release = await this.#turn(adopted)
    try {
      const token = await adopted()
      if (token !== undefined) return { kind: 'token', token }
      const askedAt = this.#now()
      const answer = readToken(await this.#ask())
      if (answer.kind !== 'token') return this.#settleTrouble(answer)
      this.#hold(answer.token, askedAt, answer.ttlMs)
      await this.#store?.write(answer.token, answer.ttlMs).catch(ignore)
      return answer
    } finally {
      await release()
    }
  }

  /** Waits until no other process asks, or it has put a token there; gives what is to be called afterwards. */
  async #turn(adopted: () => Promise<string | undefined>): Promise<() => Promise<void>> {
    while (this.#store !== undefined) {
      try {
        const lock = await this.#store.lock()
        if (lock !== undefined) return () => lock.release().catch(ignore)
      } catch {
        break
      }
      await delay(LOOK_AGAIN_MS)
      if ((await adopted()) !== undefined) break
    }
    return () => Promise.resolve()
  }

  async #adoptShared(old: string | undefined): Promise<boolean> {
    const shared = await this.#store?.read().catch(ignore)
    if (shared === undefined || shared.token === old || this.#over.has(shared.token)) return false
    const { token, ttlMs, leftMs } = shared
    const held = this.#heldFrom(token, this.#now() + leftMs - ttlMs, ttlMs)
    if (this.#now() >= held.renewAt) return false
    this.#held = held
    this.#settle()
    return true
  }

  #hold(token: string, askedAt: number, ttlMs: number): void {
    const now = this.#now()
    const held = this.#heldFrom(token, askedAt, ttlMs)
    // Its life began at some time since it was asked for: who counts from then has none that a slow endpoint gave.
    this.#held = now < held.renewAt ? held : this.#heldFrom(token, now, ttlMs)
    this.#settle()
  }

  #settle(): void {
    this.#wasGiven = true
    this.#trouble = undefined
  }

  #heldFrom(token: string, askedAt: number, ttlMs: number): Held {
    return { token, renewAt: askedAt + ttlMs * RENEW_AT, usableUntil: askedAt + ttlMs * USABLE_UNTIL }
  }

  /**
   * Why there is no token, for a while that grows. A refusal is a verdict on the credentials where the API says so in its
   * own words of credentials that never had a token; all else may pass, and must be said several times.
   */
  #settleTrouble(reply: Exclude<TokenReply, { kind: 'token' }>): TokenAnswer {
    const now = this.#now()
    const { since = now, times = 0 } = this.#trouble ?? {}
    const isVerdict =
      reply.kind === 'denied' &&
      ((reply.worded && !this.#wasGiven) || (times + 1 >= DENIALS && now - since >= DENIED_FOR_MS))
    const said = reply.kind === 'reply' ? reply : { ...reply, message: this.#conceal(reply.message) }
    const answer = said.kind === 'denied' && !isVerdict ? asFault(said) : said
    const askedMs = reply.kind === 'fault' ? Math.min(reply.afterMs ?? 0, LONGEST_ASKED_MS) : 0
    const waitMs = Math.max(FIRST_WAIT_MS * 2 ** Math.min(times, LONGEST_WAIT_DOUBLINGS), askedMs)
    this.#trouble = isVerdict ? undefined : { answer, until: now + waitMs, since, times: times + 1 }
    return answer
  }
}

function asFault({ message, latencyMs }: Denied): Fault {
  return { kind: 'fault', code: 'TOKEN_REFUSED', message, maybeSent: false, noToken: true, latencyMs }
}

/** What is shared makes things better, and nothing depends on it. */
function ignore(): undefined {
  return undefined
}

const TOKENS_KNOWN = 16
const LOOK_AGAIN_MS = 100
const FIRST_WAIT_MS = 500
/** Four seconds: short enough to be back at work soon after the endpoint. */
const LONGEST_WAIT_DOUBLINGS = 3
const LONGEST_OWN_WAIT_MS = FIRST_WAIT_MS * 2 ** LONGEST_WAIT_DOUBLINGS
/** Whoever asks for more is asked each minute: a plan's `outage` counts what is confirmed. */
const LONGEST_ASKED_MS = 60_000
/** So many refusals in a row over so long a time are a verdict, whoever gave them. */
const DENIALS = 4
const DENIED_FOR_MS = 3_000
