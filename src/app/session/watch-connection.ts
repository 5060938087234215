import type { Broker } from '../../broker/broker.ts'
import type { Context } from '../context.ts'

/** What is known of the connection to a broker while it is worked with. Disposed of when nothing waits for it any more. */
export interface ConnectionWatch extends Disposable {
  /** Whether an error is what whoever waited for it was told when it was given up, as it stayed away when work was to end. */
  isAbandonment(error: unknown): boolean
  /** The work is over, or ends by itself: a broker that is away then is not waited for for ever. */
  endSoon(): void
}

/** A broker that is away when work is to stop, or goes away then, is waited for so long. */
const STOPPED_PATIENCE_MS = 2_000
/** So long where nobody waits for the end: others who work on the run are told that it is over once it is back. */
const ENDING_PATIENCE_MS = 15_000
const LOOK_EVERY_MS = 250

/**
 * Emits when the connection to the broker is lost, and when it is back; and abandons a broker that stays away when work is
 * to end, by a stop or by itself: it would keep the process from ending.
 */
export function watchConnection(broker: Broker, { on, signal }: Pick<Context, 'on' | 'signal'>): ConnectionWatch {
  broker.onConnection((why) => {
    // What is given up has its last word.
    if (!isAbandoned) on(why === undefined ? { kind: 'broker-back' } : { kind: 'broker-lost', why })
  })
  let timer: NodeJS.Timeout | undefined
  let awayMs = 0
  let isAbandoned = false
  const look = () => {
    awayMs = broker.away() === undefined ? 0 : awayMs + LOOK_EVERY_MS
    if (awayMs < (signal.aborted ? STOPPED_PATIENCE_MS : ENDING_PATIENCE_MS)) return
    clearInterval(timer)
    isAbandoned = true
    on({ kind: 'broker-abandoned' })
    broker.abandon()
  }
  const endSoon = () => {
    if (!isAbandoned) timer ??= setInterval(look, LOOK_EVERY_MS)
  }
  signal.addEventListener('abort', endSoon, { once: true })
  if (signal.aborted) endSoon()
  return {
    // As ioredis and BullMQ call it.
    isAbandonment: (error) => isAbandoned && error instanceof Error && error.message.includes('Connection is closed'),
    endSoon,
    [Symbol.dispose]() {
      signal.removeEventListener('abort', endSoon)
      clearInterval(timer)
    },
  }
}
