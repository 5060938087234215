import { addAbortListener } from 'node:events'
import type { Client } from 'pg'
import { copyRows } from './postgres-copy.ts'
import { cursorRows } from './postgres-cursor.ts'
import { describeQuery } from './postgres-describe.ts'
import type { ServerDatabase } from './query-address.ts'
import type { Asked, QueryRows } from './query-rows.ts'

/**
 * Asks PostgreSQL in a transaction that may change nothing and sees one moment: by COPY, whose CSV the server writes itself,
 * or by a cursor. Values are as the server writes them: dates as `yyyy-MM-dd`, moments in UTC, true and false as `t` and
 * `f`. Throws the driver's errors.
 */
export async function queryPostgres(database: ServerDatabase, { sql, signal }: Asked): Promise<QueryRows> {
  const { default: pg } = await import('pg')
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
  // A query that takes long is not waited for once we are to stop.
  const stopping = addAbortListener(signal, () => void end(client))
  try {
    await client.connect()
    await client.query("set datestyle to 'ISO'; set timezone to 'UTC'; set intervalstyle to 'iso_8601'")
    await begin(client)
    const columns = await describeQuery(client, sql)
    return {
      columns,
      rows: () => cursorRows(client, { sql, signal }),
      async csv() {
        const copied = await copyRows(client, sql)
        if (copied !== undefined) return copied
        await client.query('rollback')
        await begin(client)
        return undefined
      },
      async close() {
        stopping[Symbol.dispose]()
        await end(client)
      },
    }
  } catch (error) {
    stopping[Symbol.dispose]()
    await end(client)
    throw error
  }
}

async function begin(client: Client): Promise<void> {
  await client.query('start transaction isolation level repeatable read, read only')
}

async function end(client: Client): Promise<void> {
  await client.end().catch(() => {})
}
