import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Ledger, PageRequest, RowPage } from './ledger.ts'
import { prepareTuples } from './tuples.ts'

/**
 * Rows that are looked at for a page where no index leads to those that are asked for. A page then has fewer rows than
 * it may have, and `next` leads on: however long the ledger, a page takes no longer.
 */
const LOOKED_AT = 50_000

/** Prepares `Ledger.page`. */
export function preparePages(db: DatabaseSync): Pick<Ledger, 'page'> {
  const readLast = prepareTuples<[number | null]>(db, 'SELECT max(row) FROM rows')
  return {
    page(request) {
      const last = readLast.get()?.[0] ?? 0
      const upTo = isIndexed(request) ? last : Math.min(last, request.after + LOOKED_AT)
      const { sql, parameters } = select(request, upTo)
      const rows = prepareTuples<[number]>(db, sql)
        .all(...parameters)
        .map(([row]) => row)
      return { rows, next: nextOf(rows, { request, upTo, last }) }
    },
  }
}

/** Of the rows that most files have most of, `ok`, there is no index: on any page of them are enough. */
function isIndexed({ status, code, key }: PageRequest): boolean {
  return key === undefined && ((status !== undefined && status !== 'ok') || code !== undefined)
}

function select(
  { status, code, key, after, limit }: PageRequest,
  upTo: number,
): { readonly sql: string; readonly parameters: readonly SQLInputValue[] } {
  const conditions = ['row > ?', 'row <= ?']
  const parameters: SQLInputValue[] = [after, upTo]
  // The words are those of the index, which is found by them.
  if (status === 'open') conditions.push('status IS NULL')
  else if (status === 'ok') conditions.push(`status = 'ok'`)
  else if (status !== undefined) {
    conditions.push(`status <> 'ok'`, 'status = ?')
    parameters.push(status)
  }
  if (code !== undefined) {
    conditions.push('row IN (SELECT row FROM outcomes WHERE code = ? AND code IS NOT NULL AND row > ? AND row <= ?)')
    parameters.push(code, after, upTo)
  }
  if (key !== undefined) {
    conditions.push(String.raw`key LIKE ? ESCAPE '\'`)
    parameters.push(`%${key.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`)
  }
  const sql = `SELECT row FROM rows WHERE ${conditions.join(' AND ')} ORDER BY row LIMIT ?`
  return { sql, parameters: [...parameters, limit] }
}

function nextOf(
  rows: readonly number[],
  { request, upTo, last }: { readonly request: PageRequest; readonly upTo: number; readonly last: number },
): RowPage['next'] {
  const looked = rows.length === request.limit ? (rows.at(-1) ?? upTo) : upTo
  return looked < last ? looked : undefined
}
