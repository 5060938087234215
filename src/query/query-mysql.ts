import { addAbortListener } from 'node:events'
import type { Connection } from 'mysql2'
import { UsageError } from '../model.ts'
import type { ServerDatabase } from './query-address.ts'
import { type Asked, BATCH_ROWS, type QueryRows, textOfBytes } from './query-rows.ts'

/**
 * Asks MySQL or MariaDB, in a transaction that may change nothing and sees one moment; rows come as they are read, and the
 * server waits meanwhile. Values are as the server writes them; moments (TIMESTAMP) in UTC. Throws the driver's errors.
 */
export async function queryMysql(database: ServerDatabase, { sql, signal }: Asked): Promise<QueryRows> {
  refuseChange(sql)
  const { createConnection } = await import('mysql2')
  const { host, port, user, password, database: name, tls } = database
  const connection = createConnection({
    ...(host.startsWith('/') ? { socketPath: host } : { host, port }),
    user,
    password,
    database: name,
    charset: 'utf8mb4',
    ...(tls !== 'none' && { ssl: { rejectUnauthorized: tls === 'verify' } }),
    connectTimeout: 30_000,
  })
  // What is wrong with the connection is told by the next request on it.
  connection.on('error', () => {})
  try {
    for (const first of BEFORE) await run(connection, first)
    const asked = connection.query({ sql, rowsAsArray: true, typeCast: (field) => textOf(field.buffer()) })
    const columns = new Promise<readonly string[]>((resolve, reject) => {
      asked.on('fields', (fields: readonly { readonly name: string }[] | undefined) =>
        resolve(fields?.map((field) => field.name) ?? []),
      )
      asked.on('result', () => resolve([]))
      asked.on('error', reject)
    })
    const stream = asked.stream({ highWaterMark: BATCH_ROWS })
    stream.on('error', () => {})
    // A query that takes long is not waited for once we are to stop. Who is destroyed says nothing to who waits.
    const stopping = addAbortListener(signal, () => {
      asked.emit('error', signal.reason)
      connection.destroy()
    })
    const names = await columns
    return {
      columns: names,
      async *rows() {
        let batch: (readonly (string | null)[])[] = []
        for await (const row of stream) {
          batch.push(row as readonly (string | null)[])
          if (batch.length < BATCH_ROWS) continue
          signal.throwIfAborted()
          yield batch
          batch = []
        }
        if (batch.length > 0) yield batch
      },
      close() {
        stopping[Symbol.dispose]()
        connection.destroy()
        return Promise.resolve()
      },
    }
  } catch (error) {
    connection.destroy()
    throw error
  }
}

const BEFORE = ["set time_zone = '+00:00'", 'start transaction with consistent snapshot, read only']

/** What changes tables ends a transaction before it begins, also one that may change nothing. */
function refuseChange(sql: string): void {
  const [word = ''] = /^\w*/.exec(sql.replace(/^(?:[\s(]|--[^\n]*(?:\n|$)|#[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*/, '')) ?? []
  if (/^(?:select|with|table|values|show)$/i.test(word)) return
  throw new UsageError('A query may change nothing: a SELECT was expected.')
}

function textOf(bytes: Buffer | null): string | null {
  return bytes === null ? null : textOfBytes(bytes)
}

async function run(connection: Connection, sql: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    connection.query(sql, (error) => (error === null ? resolve() : reject(error)))
  })
}
