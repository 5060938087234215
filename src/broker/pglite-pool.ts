import { EventEmitter } from 'node:events'
import type { PGlite } from '@electric-sql/pglite'
import type { PgNotification, PgPool, PgPoolClient, PgQueryResult } from 'bullmq'

/**
 * Lets BullMQ's Postgres backend, which asks for a `pg.Pool`, run on one PGlite database.
 *
 * PGlite has a single session, so every "client" of this pool is that session: queries queue up inside PGlite, and a
 * transaction that spans several queries is not isolated. BullMQ opens one only in its migrations, which must
 * therefore have ended before anything else uses the pool. `onStatement` hears of each.
 */
export function pglitePool(database: PGlite, onStatement: () => void = () => {}): PgPool {
  return new PglitePool(database, onStatement)
}

/** The part that a pool and its clients share: queries, and notifications as events. */
class PgliteSession extends EventEmitter {
  readonly database: PGlite
  readonly onStatement: () => void

  constructor(database: PGlite, onStatement: () => void) {
    super()
    this.database = database
    this.onStatement = onStatement
    // Each worker that waits for a job listens here.
    this.setMaxListeners(0)
  }

  async query<R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> {
    this.onStatement()
    if (params === undefined || params.length === 0) {
      // As in pg, a text without parameters may hold several statements; the last one's rows are the answer.
      const results = await this.database.exec(text)
      return { rows: (results.at(-1)?.rows ?? []) as R[] }
    }
    const { rows } = await this.database.query<R>(text, [...params])
    return { rows }
  }
}

class PgliteClient extends PgliteSession implements PgPoolClient {
  readonly #unsubscribe: () => void

  constructor(database: PGlite, onStatement: () => void) {
    super(database, onStatement)
    this.#unsubscribe = database.onNotification((channel, payload) => {
      this.emit('notification', { channel, payload } satisfies PgNotification)
    })
  }

  release(): void {
    this.#unsubscribe()
    this.removeAllListeners()
  }
}

class PglitePool extends PgliteSession implements PgPool {
  connect(): Promise<PgPoolClient> {
    return Promise.resolve(new PgliteClient(this.database, this.onStatement))
  }

  end(): Promise<void> {
    return Promise.resolve()
  }
}
