import type { Client } from 'pg'

/**
 * The rows of a query as the server writes CSV; undefined where it does not copy this query (`SHOW`, `EXPLAIN`), or none at
 * all (Redshift). The transaction is then broken. Throws the driver's errors once a row was there.
 */
export async function copyRows(client: Client, sql: string): Promise<AsyncIterable<Uint8Array> | undefined> {
  const { to } = await import('pg-copy-streams')
  // The line's end closes a comment in the last line.
  const copied = sql.replace(/[\s;]+$/, '')
  const pieces = client.query(to(`COPY (${copied}\n) TO STDOUT (FORMAT csv)`))[Symbol.asyncIterator]()
  let first: IteratorResult<Uint8Array>
  try {
    first = await pieces.next()
  } catch {
    return undefined
  }
  return (async function* () {
    for (let piece = first; piece.done !== true; piece = await pieces.next()) yield piece.value
  })()
}
