import type { Broker } from '../../broker/broker.ts'
import type { Listener } from '../events.ts'

/** Emits when the connection to the broker is lost, and when it is back. */
export function watchConnection(broker: Broker, on: Listener): void {
  broker.onConnection((why) => on(why === undefined ? { kind: 'broker-back' } : { kind: 'broker-lost', why }))
}
