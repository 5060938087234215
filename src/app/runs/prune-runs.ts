import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Broker } from '../../broker/broker.ts'
import { outcomesQueueName } from '../../broker/jobs.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import { familyOf } from '../../run/family.ts'
import { removeJobs } from '../../run/remove-jobs.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'
import type { Context } from '../context.ts'
import { openWatchedBroker } from '../session/open-watched-broker.ts'
import { Stopped } from '../stopped.ts'
import { listRuns } from './list-runs.ts'
import { type RunStatus, isOver } from './run-status.ts'

export interface PruneOptions {
  /** Only runs that ended longer ago, in milliseconds. */
  readonly olderThanMs: number
  /** The latest runs, so many of them, stay. */
  readonly keep: number
  /** Runs that could go on go too. One at work never does. */
  readonly all: boolean
  readonly dryRun: boolean
  /** None but these. */
  readonly only?: ReadonlySet<string>
}

export interface PrunedRun {
  readonly run: string
  readonly state: RunStatus['state']
  /** What its folder takes on the disk. */
  readonly bytes: number
}

export interface Pruned {
  readonly pruned: readonly PrunedRun[]
  /** Runs that would have gone, and why they stay. */
  readonly kept: readonly { readonly run: string; readonly why: string }[]
}

/**
 * Deletes the folders of runs that are over, and what the broker still has of them. Runs over one file go together: a
 * rerun that can go on needs the file and the ledger of the run that it is of.
 */
export async function pruneRuns(options: PruneOptions, context: Context): Promise<Pruned> {
  const { home } = context.environment
  const { runs, unreadable } = listRuns(home)
  const records = runs.map(({ record }) => record)
  const latest = new Set(records.slice(records.length - Math.min(options.keep, records.length)).map(({ run }) => run))
  const endedBefore = Date.now() - options.olderThanMs
  const candidates = runs
    .filter(({ record: { run } }) => !latest.has(run) && options.only?.has(run) !== false)
    .filter(({ record }) => endOf(record) <= endedBefore)
    .map(({ record, status: { state } }) => ({ record, state }))
    .filter(({ state }) => isOver(state) || (options.all && state !== 'running'))
  const going = new Set(candidates.map(({ record }) => record.run))
  const kept = unreadable
    .filter(({ run }) => options.only?.has(run) !== false)
    .map(({ run, why, remedy }) => ({ run, why: `it cannot be read: ${why}. ${remedy}` }))
  const chosen = candidates.filter(({ record: { run } }) => {
    const needed = familyOf(records, run).find((relative) => !going.has(relative.run))
    if (needed !== undefined) kept.push({ run, why: `run ${needed.run} is over the same file and stays` })
    return needed === undefined
  })
  const pruned = chosen.map(({ record: { run }, state }) => ({ run, state, bytes: sizeOf(runFolder(home, run).path) }))
  if (!options.dryRun) {
    const leftovers = chosen.filter(({ state }) => state !== 'finished').map(({ record }) => record)
    if (leftovers.length > 0) await clearBroker(leftovers, context)
    for (const { run } of pruned) rmSync(runFolder(home, run).path, { recursive: true, force: true })
  }
  return { pruned, kept }
}

function endOf({ finishedAt, startedAt }: RunRecord): number {
  return Date.parse(finishedAt ?? startedAt)
}

function sizeOf(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
}

/** A finished run leaves nothing on its broker; a cancelled one its word, and any other what it had in flight. */
async function clearBroker(records: readonly RunRecord[], context: Context): Promise<void> {
  const { home, redisUrl } = context.environment
  if (redisUrl === undefined && !existsSync(join(home, 'broker'))) return
  await using stack = new AsyncDisposableStack()
  const { broker, connection } = stack.use(await openWatchedBroker(context.environment, context))
  try {
    for (const record of records) await clearRun(broker, home, record)
  } catch (error) {
    if (!connection.isAbandonment(error)) throw error
    throw new Stopped('Redis stays away: what it has of the runs is still there, and none of them was deleted.')
  }
}

async function clearRun(broker: Broker, home: string, { run, account }: RunRecord): Promise<void> {
  const { ledger: path } = runFolder(home, run)
  if (existsSync(path)) {
    const ledger = openLedger(path, { readOnly: true })
    try {
      await removeJobs({ run, account, broker, ledger })
    } finally {
      ledger.close()
    }
  }
  await broker.queue(outcomesQueueName(run)).obliterate({ force: true })
  // `running` is what a broker says of a run that it knows nothing of.
  await broker.setRunState(run, 'running')
}
