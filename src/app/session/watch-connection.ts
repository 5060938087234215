import type { Broker } from '../../broker/broker.ts'
import type { Context } from '../context.ts'

/** What is known of the connection to a broker while it is worked with. Disposed of when nothing waits for it any more. */
export interface ConnectionWatch extends Disposable {
  /** It stayed away after a stop: what waited for it has failed. */
  isAbandoned(): boolean
}

/** A broker that is away when work is to stop, or goes away then, is waited for so long. */
const PATIENCE_MS = 3_000
const LOOK_EVERY_MS = 250

/**
 * Emits when the connection to the broker is lost, and when it is back; and abandons a broker that stays away after a stop,
 * which would keep the process from ending.
 */
export function watchConnection(broker: Broker, { on, signal }: Pick<Context, 'on' | 'signal'>): ConnectionWatch {
  broker.onConnection((why) => on(why === undefined ? { kind: 'broker-back' } : { kind: 'broker-lost', why }))
  let timer: NodeJS.Timeout | undefined
  let awayMs = 0
  let isAbandoned = false
  const look = () => {
    awayMs = broker.away() === undefined ? 0 : awayMs + LOOK_EVERY_MS
    if (awayMs < PATIENCE_MS) return
    clearInterval(timer)
    isAbandoned = true
    on({ kind: 'broker-abandoned' })
    broker.abandon()
  }
  const onStop = () => (timer = setInterval(look, LOOK_EVERY_MS))
  signal.addEventListener('abort', onStop, { once: true })
  if (signal.aborted) onStop()
  return {
    isAbandoned: () => isAbandoned,
    [Symbol.dispose]() {
      signal.removeEventListener('abort', onStop)
      clearInterval(timer)
    },
  }
}
