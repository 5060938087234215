import { existsSync } from 'node:fs'
import type { SQLOutputValue } from 'node:sqlite'
import { UsageError } from '../model.ts'
import { type Asked, BATCH_ROWS, type QueryRows, textOfBytes } from './query-rows.ts'

/**
 * Asks a file of SQLite that is opened for reading alone. Values are as SQLite's shell shows them: whole numbers with all
 * their digits, others in the shortest form that means them. Throws SQLite's errors, and a UsageError for no one query.
 */
export async function querySqlite(path: string, { sql, signal }: Asked): Promise<QueryRows> {
  if (!existsSync(path)) throw new UsageError(`There is no file ${path}: a database of SQLite was expected there.`)
  const { DatabaseSync } = await import('node:sqlite')
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    // Reads of one transaction see one moment.
    database.exec('begin')
    const statement = database.prepare(sql)
    refuseMore(sql.slice(statement.sourceSQL.length))
    statement.setReadBigInts(true)
    statement.setReturnArrays(true)
    const found = statement.iterate() as Iterable<unknown> as Iterable<readonly SQLOutputValue[]>
    return {
      columns: statement.columns().map(({ name }) => name),
      async *rows() {
        let batch: (readonly (string | null)[])[] = []
        for (const row of found) {
          batch.push(row.map(textOf))
          if (batch.length < BATCH_ROWS) continue
          signal.throwIfAborted()
          yield batch
          batch = []
          // Others have their turn: SQLite is read without waiting.
          await new Promise(setImmediate)
        }
        if (batch.length > 0) yield batch
      },
      close() {
        if (database.isOpen) database.close()
        return Promise.resolve()
      },
    }
  } catch (error) {
    database.close()
    throw error
  }
}

/** SQLite takes the first statement of several, and is silent about the rest. */
function refuseMore(rest: string): void {
  const statements = rest.replaceAll(/--[^\n]*|\/\*[^]*?\*\//g, '').replaceAll(/[\s;]/g, '')
  if (statements !== '') throw new UsageError('The query holds several statements: one SELECT was expected.')
}

function textOf(value: SQLOutputValue): string | null {
  if (value === null) return null
  return value instanceof Uint8Array ? textOfBytes(value) : String(value)
}
