import { rmSync } from 'node:fs'
import { familyOf } from '../../run/family.ts'
import { listRuns } from '../../run/list-runs.ts'
import type { RunRecord } from '../../run/run-record.ts'
import { latestExecutions, saveExecution } from '../../sync/executions.ts'
import { toPrune } from '../../sync/to-prune.ts'
import { pruneRuns } from '../runs/prune-runs.ts'
import type { ExecutionContext } from './execution-context.ts'

/** Deletes the runs of the sync that are old, and the files that they were of. */
export async function pruneExecutions(context: ExecutionContext): Promise<void> {
  const { sync, store, environment } = context
  const now = environment.now()
  const executions = latestExecutions(store, MOST_EXECUTIONS)
    .filter(({ archived, endedAt }) => archived !== undefined && endedAt !== undefined)
    .map((execution) => ({ execution, at: execution.endedAt ?? 0 }))
    .toReversed()
  const old = toPrune(executions, sync.keep, now)
  if (old.length === 0) return
  const records = listRuns(environment.home)
  const only = new Set(old.flatMap(({ execution }) => withRelatives(execution.run, records, now - sync.keep.forMs)))
  await pruneRuns({ olderThanMs: 0, keep: 0, all: false, dryRun: false, only }, context)
  const left = new Set(listRuns(environment.home).map(({ run }) => run))
  for (const { execution } of old) {
    if (execution.run !== undefined && left.has(execution.run)) continue
    if (execution.archived !== undefined) rmSync(execution.archived, { force: true })
    saveExecution(store, { ...execution, archived: undefined })
  }
}

/**
 * An execution's run, and what was rerun of it or verified, which goes with it: once the last of them is older than the executions
 * that are kept, or not at all.
 */
function withRelatives(run: string | undefined, records: readonly RunRecord[], before: number): readonly string[] {
  if (run === undefined) return []
  const family = familyOf(records, run)
  const isInUse = family.some(
    ({ run: relative, finishedAt, startedAt }) => relative !== run && Date.parse(finishedAt ?? startedAt) > before,
  )
  return isInUse ? [run] : [run, ...family.map((relative) => relative.run)]
}

const MOST_EXECUTIONS = 100_000
