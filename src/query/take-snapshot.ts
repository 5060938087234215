import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import { UsageError } from '../model.ts'
import { type Database, nameOf, readDatabase } from './query-address.ts'
import { explainError } from './query-error.ts'
import { queryMysql } from './query-mysql.ts'
import { queryPostgres } from './query-postgres.ts'
import type { Asked, QueryRows } from './query-rows.ts'
import { querySqlite } from './query-sqlite.ts'

export interface Snapshot {
  /** The file that is written: CSV, packed by zstd. */
  readonly to: string
  /** The query, and what messages call it. */
  readonly sql: string
  readonly queryName: string
  readonly signal: AbortSignal
  /** So many rows are enough. Absent: all. */
  readonly most?: number
}

/**
 * Asks a database and keeps what it answers as a compressed file of CSV: what is read once stays the same, however often it
 * is read again. NULL is an empty cell. Throws a UsageError, without a password in it, where that cannot be done.
 */
export async function takeSnapshot(address: string, { to, sql, queryName, signal, most }: Snapshot): Promise<void> {
  const database = readDatabase(address)
  try {
    const answer = await ask(database, { sql, signal })
    try {
      checkColumns(answer.columns, queryName)
      await pipeline(
        Readable.from(csv(answer, most)),
        createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
        createWriteStream(to, { mode: 0o600 }),
        { signal },
      )
    } finally {
      await answer.close()
    }
  } catch (error) {
    if (signal.aborted || error instanceof UsageError) throw error
    throw explainError(error, { name: nameOf(database), sql, queryName })
  }
}

function ask(database: Database, asked: Asked): Promise<QueryRows> {
  switch (database.kind) {
    case 'postgres':
      return queryPostgres(database, asked)
    case 'mysql':
      return queryMysql(database, asked)
    case 'sqlite':
      return querySqlite(database.path, asked)
  }
}

function checkColumns(columns: readonly string[], queryName: string): void {
  if (columns.length === 0) throw new UsageError(`${queryName} gives no rows: a SELECT was expected.`)
  const twice = columns.find((name, at) => columns.indexOf(name) !== at)
  if (twice === undefined) return
  throw new UsageError(
    `${queryName} gives two columns called ${twice}. Call one of them otherwise, as in \`${twice} AS other_${twice}\`.`,
  )
}

async function* csv(answer: QueryRows, most: number | undefined): AsyncGenerator<string | Uint8Array> {
  const { columns, rows } = answer
  yield lineOf(columns)
  // Of one column, NULL is written here: a line of nothing is no row.
  const written = most === undefined && columns.length > 1 ? await answer.csv?.() : undefined
  if (written !== undefined) return yield* written
  let left = most ?? Number.POSITIVE_INFINITY
  for await (const batch of rows()) {
    yield batch.slice(0, left).map(lineOf).join('')
    left -= batch.length
    if (left <= 0) return
  }
}

function lineOf(cells: readonly (string | null)[]): string {
  // A line of one empty cell would be none.
  if (cells.length === 1 && (cells[0] ?? '') === '') return '""\n'
  return `${cells.map(cellOf).join(',')}\n`
}

function cellOf(cell: string | null): string {
  if (cell === null) return ''
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
