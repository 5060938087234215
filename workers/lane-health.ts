import { setTimeout as delay } from 'node:timers/promises'

/** Whether a lane's requests are answered. While they are not, all but one caller wait, and that one tries. */
export interface LaneHealth {
  /**
   * Waits until the caller may send, for `patienceMs` at most. `wasRefused`: so was what it wants to send, which finds out
   * least where there is anything else. Rejects when the signal aborts.
   */
  clear(signal: AbortSignal, patienceMs: number, wasRefused?: boolean): Promise<Clearance>
  /** Whether a request may leave at this moment that nobody sent to find out. */
  isOpen(): boolean
  /** Whether it is closed because nobody answers: whoever is answered then, as with a refusal, shows that somebody does. */
  isSilent(): boolean
  /** What came of a request that left at `sentAt` (milliseconds on a clock that only goes forward). */
  report(word: Word, sentAt: number): void
  /** What came of all requests since the last that was answered; undefined where that was the last one. */
  standstill(): Standstill | undefined
  /** Whether anybody has been answered since then, by the same clock. */
  answeredSince(at: number): boolean
  hasAnswered(): boolean
  /**
   * How many rows, each in a request of its own, brought an error of the API's, where none of anybody was settled;
   * undefined where some were.
   */
  erredRows(): number | undefined
}

/** `open`: the host answers. `probe`: it did not, and the caller's request finds out. `wait`: ask again. */
export type Clearance = 'open' | 'probe' | 'wait'

/**
 * answered: by the API. failed: nobody answered. throttled: too fast, or too much for today. refused: something about the
 * account, the address or the request, which `row` (the first one of the request) may carry alone. erred: by an error of
 * the API's own, of which `several` rows are a verdict on it where none was settled; `row` is that of a request of its own.
 */
export type Word =
  | { readonly kind: 'answered' }
  | { readonly kind: 'failed' | 'throttled'; readonly reason: string }
  | { readonly kind: 'erred'; readonly reason: string; readonly row: number | undefined; readonly several: number }
  | { readonly kind: 'refused'; readonly reason: string; readonly row: number }

export interface Standstill {
  /** What came last. */
  readonly kind: 'failed' | 'throttled' | 'refused' | 'erred'
  readonly reason: string
  readonly forMs: number
  /** How long ago the last of it came. */
  readonly heardMs: number
  /** By the wall clock, for people: milliseconds since the epoch. */
  readonly since: number
  /** A request that left when this was known has met the same. */
  readonly confirmed: boolean
  readonly refusals: number
  /** The different rows of them, and the refusals in a row that were of these again. */
  readonly refusedRows: number
  readonly repeats: number
}

export interface HealthChange {
  readonly down: boolean
  /** It was not used for a while: nobody knows whether the host answers by now. */
  readonly forgotten?: boolean
  /** The host answers, and serves nobody. */
  readonly refused: boolean
  readonly reason: string
  /** Milliseconds since the epoch. */
  readonly since: number
}

/** Consecutive failures that mean an outage rather than bad luck. */
const FAILURES_TO_STOP = 5
const FIRST_PROBE_MS = 1_000
/** Short enough to be back at work within five seconds of the host. */
const LONGEST_PROBE_MS = 4_000
/** Who finds out least looks so much later. */
const LET_OTHERS_MS = 50
/** A lane that nobody used for so long begins anew: what it was told before says nothing of now. */
const IDLE_MS = 120_000

type Trouble = {
  -readonly [Field in keyof Omit<Standstill, 'forMs' | 'heardMs' | 'refusedRows'>]: Standstill[Field]
} & {
  readonly startedAt: number
  heardAt: number
  readonly rows: Set<number>
}

export function createLaneHealth(
  onChange: (change: HealthChange) => void,
  now: () => number = () => performance.now(),
): LaneHealth {
  let failures = 0
  let trouble: Trouble | undefined
  let downSince: number | undefined
  let answeredAt = -Infinity
  /** The rows of `erredRows`; undefined since one was settled. */
  let erred: Set<number> | undefined = new Set()
  let probeEveryMs = FIRST_PROBE_MS
  let nextProbeAt = 0
  let usedAt = now()
  /** Callers who wait with what was not refused yet. */
  let othersWait = 0

  function use(): void {
    if (now() - usedAt > IDLE_MS) {
      failures = 0
      trouble = undefined
      erred = new Set()
      if (downSince !== undefined)
        onChange({ down: false, forgotten: true, refused: false, reason: '', since: downSince })
      downSince = undefined
    }
    usedAt = now()
  }

  function probeIsDue(): boolean {
    if (now() < nextProbeAt) return false
    nextProbeAt = now() + probeEveryMs
    probeEveryMs = Math.min(probeEveryMs * 2, LONGEST_PROBE_MS)
    return true
  }

  function settle(): void {
    answeredAt = now()
    erred = undefined
    recover()
  }

  /** Whether it is a verdict on the API, and no longer the matter of a few rows. */
  function isOfAll({ row, several }: Extract<Word, { kind: 'erred' }>): boolean {
    if (row !== undefined) erred?.add(row)
    return erred !== undefined && erred.size >= several
  }

  function recover(): void {
    failures = 0
    trouble = undefined
    if (downSince === undefined) return
    onChange({ down: false, refused: false, reason: '', since: downSince })
    downSince = undefined
  }

  function goDown({ kind, reason }: Trouble): void {
    downSince = Date.now()
    probeEveryMs = FIRST_PROBE_MS
    nextProbeAt = now() + probeEveryMs
    onChange({ down: true, refused: kind === 'refused' || kind === 'erred', reason, since: downSince })
  }

  return {
    async clear(signal, patienceMs, wasRefused = false) {
      use()
      const giveUpAt = now() + patienceMs
      while (downSince !== undefined) {
        const isLeast = wasRefused && othersWait > 0 && trouble?.kind === 'refused'
        if (!isLeast && probeIsDue()) return 'probe'
        if (now() >= giveUpAt) return 'wait'
        if (!wasRefused) othersWait += 1
        const until = Math.max(Math.min(nextProbeAt, giveUpAt), now() + (isLeast ? LET_OTHERS_MS : 0))
        await delay(Math.max(until - now(), 0), undefined, { signal }).finally(() => {
          if (!wasRefused) othersWait -= 1
        })
      }
      return 'open'
    },
    isOpen: () => downSince === undefined,
    isSilent: () => downSince !== undefined && trouble?.kind === 'failed',
    report(word, sentAt) {
      use()
      if (word.kind === 'answered') return settle()
      // The host is there.
      if (word.kind === 'erred' && !isOfAll(word)) return recover()
      trouble ??= newTrouble(word, now())
      trouble.heardAt = now()
      note(trouble, word, sentAt)
      // Who is throttled waits anyway, for as long as he is told.
      if (word.kind === 'throttled') return
      failures += 1
      if (downSince === undefined && failures >= FAILURES_TO_STOP) goDown(trouble)
    },
    standstill() {
      use()
      if (trouble === undefined) return undefined
      const { startedAt, heardAt, rows, ...told } = trouble
      return { ...told, forMs: now() - startedAt, heardMs: now() - heardAt, refusedRows: rows.size }
    },
    answeredSince: (at) => answeredAt > at,
    hasAnswered: () => answeredAt > -Infinity,
    erredRows: () => erred?.size,
  }
}

function newTrouble({ kind, reason }: Exclude<Word, { kind: 'answered' }>, startedAt: number): Trouble {
  const counts = { refusals: 0, repeats: 0, confirmed: false }
  return { kind, reason, startedAt, heardAt: startedAt, since: Date.now(), rows: new Set(), ...counts }
}

function note(trouble: Trouble, word: Exclude<Word, { kind: 'answered' }>, sentAt: number): void {
  trouble.kind = word.kind
  trouble.reason = word.reason
  trouble.confirmed ||= sentAt > trouble.startedAt
  if (word.kind !== 'refused') return
  trouble.refusals += 1
  trouble.repeats = trouble.rows.has(word.row) ? trouble.repeats + 1 : 0
  trouble.rows.add(word.row)
}
