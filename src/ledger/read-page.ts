import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Ledger, PageRequest, RowPage } from './ledger.ts'
import { hasOtherCodes } from './schema.ts'
import { prepareTuples } from './tuples.ts'

/**
 * Rows that are looked at for a page where no index leads to those that are asked for. A page then has fewer rows than
 * it may have, and `next` leads on: however long the ledger, a page takes no longer.
 */
const LOOKED_AT = 50_000

/** Prepares `Ledger.page`. */
export function preparePages(db: DatabaseSync): Pick<Ledger, 'page'> {
  const leads = hasOtherCodes(db)
  const readLast = prepareTuples<[number | null]>(db, 'SELECT max(row) FROM rows')
  return {
    page(request) {
      const last = readLast.get()?.[0] ?? 0
      const upTo = isIndexed(request, leads) ? last : Math.min(last, request.after + LOOKED_AT)
      const { sql, parameters } = select(request, { upTo, leads })
      const rows = prepareTuples<[number]>(db, sql)
        .all(...parameters)
        .map(([row]) => row)
      return { rows, next: nextOf(rows, { request, upTo, last }) }
    },
  }
}

/**
 * Of the rows that most files have most of, `ok`, there is no index: on any page of them are enough. `leads`: the ledger has
 * an index of all codes.
 */
function isIndexed({ status, code, key }: PageRequest, leads: boolean): boolean {
  if (key !== undefined || (code !== undefined && !leads)) return false
  return code !== undefined || (status !== undefined && status !== 'ok')
}

/** Rows that met a code, as that of their outcome or beside it. */
const MET = `
  SELECT row FROM answers WHERE code = ? AND code IS NOT NULL AND row > ? AND row <= ?
  UNION SELECT row FROM other_codes WHERE code = ? AND row > ? AND row <= ?`
/** Likewise, in a ledger of before: each outcome is looked at. */
const MET_BEFORE = `
  SELECT row FROM outcomes WHERE code = ? AND code IS NOT NULL AND row > ? AND row <= ?
  UNION SELECT row FROM outcomes, json_each(json_array(detail -> 'warnings', detail -> 'programs')) AS list,
    json_each(list.value) AS one
  WHERE one.value ->> 'code' = ? AND detail IS NOT NULL AND row > ? AND row <= ?`

function select(
  { status, code, key, after, limit }: PageRequest,
  { upTo, leads }: { readonly upTo: number; readonly leads: boolean },
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
    const met = leads ? MET : MET_BEFORE
    // Nothing else is asked: the first of them are the page, however many there are.
    if (status === undefined && key === undefined) {
      return { sql: `${met} ORDER BY row LIMIT ?`, parameters: [code, after, upTo, code, after, upTo, limit] }
    }
    conditions.push(`row IN (${met})`)
    parameters.push(code, after, upTo, code, after, upTo)
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
