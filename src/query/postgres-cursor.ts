import type { Client } from 'pg'
import { type Asked, BATCH_ROWS, type QueryRows } from './query-rows.ts'

/** The rows of a query by a cursor. Throws the driver's errors. */
export async function* cursorRows(client: Client, { sql, signal }: Asked): ReturnType<QueryRows['rows']> {
  const { default: Cursor } = await import('pg-cursor')
  const cursor = client.query(new Cursor<(string | null)[]>(sql, [], { rowMode: 'array', types: TEXTS }))
  for (let rows = await cursor.read(BATCH_ROWS); rows.length > 0;) {
    signal.throwIfAborted()
    // The server is at the next rows while these are written down.
    const next = cursor.read(BATCH_ROWS)
    next.catch(() => {})
    yield rows
    rows = await next
  }
}

/** Every value as the server's own text. */
const TEXTS = { getTypeParser: () => (text: string) => text }
