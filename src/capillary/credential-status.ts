/** What a refusal of the credentials says: see `Unauthorized`. */
export type RefusalOf =
  | { readonly of: 'request' }
  /** `again`: the same request was refused before, with a token that served others. */
  | { readonly of: 'token'; readonly again?: true }
  /** `sole`: the same requests were refused again and again, as there were no others to ask with. */
  | { readonly of: 'account'; readonly sole: boolean }

/** A request under way. */
export interface Trial {
  readonly grant: Grant
  /** Tells requests apart. */
  readonly request: string
  readonly sentAt: number
}

/** Credentials as requests carry them: a token, or those of Basic. */
interface Grant {
  readonly name: string
  /** When the latest request left that was served with it. */
  servedAt: number
  /** When it came into doubt, where no request that left since then was served. */
  doubtedAt: number | undefined
  /** Not to be used again. */
  over: boolean
  readonly underWay: Set<Trial>
  readonly refusals: Set<Refusal>
}

/** Waits for what became of requests that left later. */
interface Refusal {
  readonly sentAt: number
  readonly settle: (of: RefusalOf) => void
}

export interface CredentialStatusOptions {
  /** Whether others can be had for credentials that are refused: tokens. */
  readonly renewable: boolean
  /** Called with the name of a grant that is not to be used again. */
  readonly onOver: (name: string) => void
  /** Milliseconds on a clock that only goes forward. */
  readonly now: () => number
}

/** How long a grant that never served is tried for; each further one in a row for twice as long. */
const FIRST_PATIENCE_MS = 200
/** So many grants in a row without one request that was served, some twelve seconds, are a verdict on the account. */
const ROUNDS = 6
/**
 * So many where it was served before: other programs may end each token within moments, so that being served is a matter
 * of luck. Patience begins anew after every six, as what they end is served at once or never.
 */
const ROUNDS_ONCE_SERVED = 3 * ROUNDS
/** So many of an account that was served, where one request alone is refused and no token was ended lately. */
const SOLE_ROUNDS = 4
const LATELY_MS = 60_000
/** So many refusals without a request that is new to them. */
const REPEATS = 4
/** So many tokens that served others, and refuse one request, are no matter of theirs. */
const STRIKES = 2
const STRUCK_KEPT = 1_000
const NOBODY: ReadonlySet<Grant> = new Set()
const AGAIN: RefusalOf = { of: 'token', again: true }
const GRANTS_KEPT = 8

/**
 * Whether the API serves an account, judged by what became of its requests, because one refusal says little: a token that
 * served a moment ago has ended, and another is to be had; one that never served may be accepted late, so that it is
 * tried for a while, and the next one for longer; and where a request that left later was served with the same token,
 * the refusal is about the request.
 */
export class CredentialStatus {
  readonly #renewable: boolean
  readonly #onOver: (name: string) => void
  readonly #now: () => number
  readonly #grants = new Map<string, Grant>()
  #current: Grant | undefined
  #nextProbeAt = 0
  #wasServed = false
  /** Grants given up in a row without a request that was served. */
  #rounds = 0
  readonly #refused = new Set<string>()
  /** Refusals in a row of requests that were refused before. */
  #repeats = 0
  /** Requests that were refused, and by which grants that served others; none where a refusal was a grant's. */
  readonly #struck = new Map<string, ReadonlySet<Grant>>()
  /** When a request was served last that a token had refused, which had ended therefore. */
  #endedAt = -Infinity

  constructor({ renewable, onOver, now }: CredentialStatusOptions) {
    this.#renewable = renewable
    this.#onOver = onOver
    this.#now = now
  }

  isOpen(): boolean {
    return this.#current?.doubtedAt === undefined || this.#current.over
  }

  /** While the grant in use is in doubt, one request at a time finds out; the next one may after so many ms. */
  clearance(): { readonly kind: 'open' | 'probe' } | { readonly kind: 'wait'; readonly ms: number } {
    if (this.isOpen()) return { kind: 'open' }
    const ms = this.#nextProbeAt - this.#now()
    if (ms > 0) return { kind: 'wait', ms }
    this.#nextProbeAt = this.#now() + this.#patienceMs()
    return { kind: 'probe' }
  }

  /** A request leaves with the grant of that name. */
  begin(name: string, request: string): Trial {
    const grant = this.#grants.get(name) ?? this.#take(name)
    const trial = { grant, request, sentAt: this.#now() }
    grant.underWay.add(trial)
    return trial
  }

  /** The API did what it does for those whom it knows. */
  served(trial: Trial): void {
    const { grant, sentAt } = trial
    grant.servedAt = Math.max(grant.servedAt, sentAt)
    if (sentAt >= (grant.doubtedAt ?? 0)) grant.doubtedAt = undefined
    this.#wasServed = true
    this.#rounds = 0
    this.#refused.clear()
    // Tokens end, by other programs' doing at any time: what one refuses says little of a request then.
    if (this.#struck.has(trial.request)) {
      this.#struck.clear()
      this.#endedAt = this.#now()
    }
    for (const refusal of grant.refusals) if (refusal.sentAt < sentAt) refusal.settle({ of: 'request' })
    this.unclear(trial)
  }

  /** The request ended in a way that says nothing of its credentials. */
  unclear(trial: Trial): void {
    trial.grant.underWay.delete(trial)
    if (trial.grant.over) settleWithoutEvidence(trial.grant)
  }

  /** The request was refused. Resolves when it has shown what that says; the grant's patience is the longest it takes. */
  refused(trial: Trial): Promise<RefusalOf> {
    const { grant, request, sentAt } = trial
    grant.underWay.delete(trial)
    this.#repeats = this.#refused.has(request) ? this.#repeats + 1 : 0
    this.#refused.add(request)
    for (const refusal of grant.refusals) if (refusal.sentAt < sentAt) refusal.settle({ of: 'token' })
    if (grant.servedAt > sentAt) return Promise.resolve({ of: 'request' })
    const struck = this.#struck.get(request) ?? NOBODY
    if (struck.size >= STRIKES && !struck.has(grant)) return Promise.resolve({ of: 'request' })
    this.#strike(trial, struck)
    if (!grant.over && this.#isSpent(grant, sentAt)) {
      this.#giveUp(grant)
      if (this.#rounds >= this.#roundsToVerdict()) return Promise.resolve(this.#conclude())
    }
    const isAgain = struck.size > 0 && !struck.has(grant)
    return this.#evidence(grant, sentAt).then((told) => (told.of === 'token' && isAgain ? AGAIN : told))
  }

  #strike({ grant, request }: Trial, struck: ReadonlySet<Grant>): void {
    if (grant.servedAt === -Infinity) return
    this.#struck.delete(request)
    this.#struck.set(request, new Set([...struck, grant]))
    const [oldest] = this.#struck.keys()
    if (this.#struck.size > STRUCK_KEPT && oldest !== undefined) this.#struck.delete(oldest)
  }

  /** Another grant has taken the place of this one: that it is refused says nothing. */
  replace(name: string): void {
    const grant = this.#grants.get(name)
    if (grant !== undefined) grant.over = true
  }

  #take(name: string): Grant {
    const news = { name, servedAt: -Infinity, doubtedAt: undefined, over: false }
    const grant: Grant = { ...news, underWay: new Set(), refusals: new Set() }
    this.#grants.set(name, grant)
    this.#current = grant
    const [oldest] = this.#grants.keys()
    if (this.#grants.size > GRANTS_KEPT && oldest !== undefined) this.#grants.delete(oldest)
    return grant
  }

  /** A token that has served is spent by its first refusal; all else when its patience is over. */
  #isSpent(grant: Grant, sentAt: number): boolean {
    if (this.#hasEnded(grant)) return true
    if (grant.doubtedAt === undefined) this.#doubt(grant, sentAt)
    return sentAt - (grant.doubtedAt ?? sentAt) >= this.#patienceMs()
  }

  #hasEnded(grant: Grant): boolean {
    return this.#renewable && grant.servedAt > -Infinity
  }

  #doubt(grant: Grant, at: number): void {
    grant.doubtedAt = at
    this.#nextProbeAt = this.#now() + this.#patienceMs()
  }

  #giveUp(grant: Grant): void {
    if (!this.#hasEnded(grant)) this.#rounds += 1
    if (this.#renewable) {
      grant.over = true
      this.#onOver(grant.name)
    } else {
      // There are no others: they are tried again, for longer.
      this.#doubt(grant, this.#now())
    }
  }

  #conclude(): RefusalOf {
    const sole = this.#repeats >= REPEATS
    // Whoever comes after that has the same patience.
    this.#rounds = 0
    this.#wasServed = false
    this.#refused.clear()
    return { of: 'account', sole }
  }

  async #evidence(grant: Grant, sentAt: number): Promise<RefusalOf> {
    const { promise, resolve } = Promise.withResolvers<RefusalOf>()
    const refusal: Refusal = { sentAt, settle: resolve }
    grant.refusals.add(refusal)
    const timer = setTimeout(() => resolve({ of: 'token' }), this.#patienceMs())
    if (grant.over) settleWithoutEvidence(grant)
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      grant.refusals.delete(refusal)
    }
  }

  #roundsToVerdict(): number {
    if (!this.#wasServed) return ROUNDS
    if (this.#refused.size === 1 && this.#now() - this.#endedAt > LATELY_MS) return SOLE_ROUNDS
    return this.#renewable ? ROUNDS_ONCE_SERVED : ROUNDS
  }

  #patienceMs(): number {
    return FIRST_PATIENCE_MS * 2 ** (this.#rounds % ROUNDS)
  }
}

/** Where none that left later is under way any more, nothing will show what a refusal says. */
function settleWithoutEvidence({ underWay, refusals }: Grant): void {
  for (const { sentAt, settle } of refusals) {
    if (!Array.from(underWay).some((trial) => trial.sentAt > sentAt)) settle({ of: 'token' })
  }
}
