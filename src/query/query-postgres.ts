import type { Client } from 'pg'
import type Cursor from 'pg-cursor'
import type { ServerDatabase } from './query-address.ts'
import { type Asked, BATCH_ROWS, type QueryRows } from './query-rows.ts'

/**
 * Asks PostgreSQL by a cursor, in a transaction that may change nothing and sees one moment. Values are as the server
 * writes them: dates as `yyyy-MM-dd`, moments in UTC, true and false as `t` and `f`. Throws the driver's errors.
 */
export async function queryPostgres(database: ServerDatabase, { sql, signal }: Asked): Promise<QueryRows> {
  const [{ default: pg }, { default: PgCursor }] = await Promise.all([import('pg'), import('pg-cursor')])
  const { host, port, user, password, database: name, tls } = database
  const client = new pg.Client({
    host,
    port,
    user,
    password,
    database: name,
    ssl: tls === 'none' ? false : { rejectUnauthorized: tls === 'verify' },
    application_name: 'rollcall',
  })
  // What is wrong with the connection is told by the next request on it.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query("set datestyle to 'ISO'; set timezone to 'UTC'; set intervalstyle to 'iso_8601'")
    await client.query('start transaction isolation level repeatable read, read only')
    const cursor = client.query(new PgCursor<(string | null)[]>(sql, [], { rowMode: 'array', types: TEXTS }))
    const first = await read(cursor)
    return {
      columns: first.columns,
      async *rows() {
        for (let { rows } = first; rows.length > 0;) {
          signal.throwIfAborted()
          // The server is at the next rows while these are written down.
          const next = read(cursor)
          next.catch(() => {})
          yield rows
          ;({ rows } = await next)
        }
      },
      close: () => end(client),
    }
  } catch (error) {
    await end(client)
    throw error
  }
}

/** Every value as the server's own text. */
const TEXTS = { getTypeParser: () => (text: string) => text }

interface Read {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
}

/** The next rows; only with a callback does the cursor tell the columns. */
function read(cursor: Cursor<(string | null)[]>): Promise<Read> {
  return new Promise((resolve, reject) => {
    cursor.read(BATCH_ROWS, (error, rows, result) => {
      // Behind the last row there is no result, whatever the typings say.
      const fields = (result as typeof result | undefined)?.fields ?? []
      if (error === undefined || error === null) resolve({ columns: fields.map(({ name }) => name), rows })
      else reject(error)
    })
  })
}

async function end(client: Client): Promise<void> {
  await client.end().catch(() => {})
}
