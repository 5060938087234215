import { UsageError } from '../../model.ts'
import { isDatabase, nameOf, readDatabase } from '../../query/query-address.ts'
import type { Snapshot } from '../../query/take-snapshot.ts'
import type { Context } from '../context.ts'
import { Stopped } from '../stopped.ts'
import { readTextFile } from './read-text-file.ts'
import type { StagedFile } from './stage-file.ts'
import { newCopies } from './staging.ts'

/** What is imported where it is no file: the address of a database, and the path of a query. */
export interface QuerySource {
  readonly address: string
  readonly query: string
}

/**
 * What of the arguments is a query; undefined where they are files. Throws a UsageError where one of both is lacking, or
 * there is more than one.
 */
export function querySource(given: readonly string[], query: string | undefined): QuerySource | undefined {
  const address = given.find(isDatabase)
  if (address === undefined && query === undefined) return undefined
  if (address === undefined) {
    throw new UsageError(
      '--query asks a database: give its address, as in postgres://user@host/database, mysql://… or sqlite:members.db.',
    )
  }
  const name = nameOf(readDatabase(address))
  if (given.length > 1) throw new UsageError(`${name} is imported by itself, not among files.`)
  if (query === undefined) throw new UsageError(`${name} is a database: say with --query <file.sql> what it is asked.`)
  return { address, query }
}

/**
 * Asks the database once and keeps what it answers below the home: a run that goes on, a rerun and a report see the rows
 * that were sent, whatever becomes of the tables. Throws a UsageError.
 */
export async function stageQuery(source: QuerySource, { environment, on, signal }: Context): Promise<StagedFile> {
  const name = nameOf(readDatabase(source.address))
  const copies = newCopies(environment.home)
  try {
    on({ kind: 'fetching', file: name })
    await askQuery(source, { to: copies.raw, signal })
    return { name, path: copies.raw, isCopy: true }
  } catch (error) {
    copies.clear()
    if (!signal.aborted) throw error
    throw new Stopped(`Stopped before the rows of ${name} were here. Nothing was sent.`)
  }
}

/** Writes what a database answers to a file, as `takeSnapshot` has it. Throws a UsageError. */
export async function askQuery(
  { address, query }: QuerySource,
  options: Pick<Snapshot, 'to' | 'signal' | 'most'>,
): Promise<void> {
  const sql = readTextFile(query, 'The query')
  if (sql.trim() === '') throw new UsageError(`The query ${query} is empty: a SELECT was expected.`)
  // Its drivers are loaded where they are used.
  const { takeSnapshot } = await import('../../query/take-snapshot.ts')
  await takeSnapshot(address, { ...options, sql, queryName: query })
}
