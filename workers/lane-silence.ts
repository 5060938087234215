import type { Exchange } from '../src/capillary/exchange.ts'

/** What has been asked of the API on a lane and is not answered. */
export interface LaneSilence {
  /** A request has left. Gives what came of it. */
  watch(sending: Promise<Exchange>): Promise<Exchange>
  close(): void
}

export interface SilenceOptions {
  /** Since when a token is asked for, by `now`; undefined where none is. */
  readonly tokenAskedAt: () => number | undefined
  /** Nothing was answered for `forMs`, though a token (`token`) or something else was asked for. */
  readonly onSilent: (silence: Silence) => void
  /** Milliseconds on a clock that only goes forward. */
  readonly now?: () => number
}

export interface Silence {
  readonly forMs: number
  readonly token: boolean
}

/** A host may take its time for a single answer; whoever looks on is to know of it. */
const SILENT_AFTER_MS = 7_000
const LOOK_EVERY_MS = 500
/** Where it is as slow again and again, nobody need be told each time. */
const TELL_AGAIN_MS = 60_000

/** Watches over what is asked on a lane, and tells where nothing has been answered for some seconds. */
export function watchSilence({ tokenAskedAt, onSilent, now = () => performance.now() }: SilenceOptions): LaneSilence {
  const asked = new Set<{ readonly at: number }>()
  let answeredAt = -Infinity
  let toldAt = -Infinity
  const timer = setInterval(() => {
    // The oldest comes first.
    const [oldest] = asked
    const askedAt = oldest?.at ?? tokenAskedAt()
    const forMs = askedAt === undefined ? 0 : now() - Math.max(askedAt, answeredAt)
    if (forMs < SILENT_AFTER_MS || now() - toldAt < TELL_AGAIN_MS) return
    toldAt = now()
    onSilent({ forMs, token: oldest === undefined })
  }, LOOK_EVERY_MS)
  return {
    async watch(sending) {
      const entry = { at: now() }
      asked.add(entry)
      try {
        const exchange = await sending
        if (exchange.kind !== 'fault') answeredAt = now()
        return exchange
      } finally {
        asked.delete(entry)
      }
    },
    close: () => clearInterval(timer),
  }
}
