import type { Broker } from '../../broker/broker.ts'
import { openBroker } from '../../broker/open-broker.ts'
import type { Context } from '../context.ts'
import type { Environment } from '../environment.ts'
import { type ConnectionWatch, watchConnection } from './watch-connection.ts'

/** A broker, and what is known of the connection to it from its first moment to its last. */
export interface WatchedBroker extends AsyncDisposable {
  readonly broker: Broker
  readonly connection: ConnectionWatch
}

/**
 * Opens the broker of a place, and says while it is away that it is waited for. Throws a UsageError where it cannot be
 * opened.
 */
export async function openWatchedBroker(
  place: Pick<Environment, 'redisUrl' | 'home'>,
  { on, signal }: Pick<Context, 'on' | 'signal'>,
): Promise<WatchedBroker> {
  on({ kind: 'stage', text: place.redisUrl === undefined ? 'Opening the embedded broker' : 'Connecting to Redis' })
  const broker = await openBroker(place)
  const connection = watchConnection(broker, { on, signal })
  return {
    broker,
    connection,
    async [Symbol.asyncDispose]() {
      connection.endSoon()
      try {
        await broker.close()
      } finally {
        connection[Symbol.dispose]()
      }
    },
  }
}
