import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'

/** A prepared query whose records come as tuples: twice as fast to read as objects. */
export interface TupleQuery<Tuple extends readonly SQLOutputValue[]> {
  all(...parameters: SQLInputValue[]): readonly Tuple[]
  get(...parameters: SQLInputValue[]): Tuple | undefined
  iterate(...parameters: SQLInputValue[]): Iterator<Tuple>
}

/** Prepares a query; `Tuple` gives its columns' types, in order, as the STRICT tables guarantee them. */
export function prepareTuples<Tuple extends readonly SQLOutputValue[]>(
  db: DatabaseSync,
  sql: string,
): TupleQuery<Tuple> {
  const statement: StatementSync = db.prepare(sql)
  statement.setReturnArrays(true)
  // The typings of node:sqlite know objects alone, whatever setReturnArrays says.
  return statement as unknown as TupleQuery<Tuple>
}
