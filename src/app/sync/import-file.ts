import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { MemberRules, ReadRows } from '../../check/apply-duplicates.ts'
import type { CompiledPlan } from '../../plan/compile-plan.ts'
import { findRun, listRuns, refuseUnreadable } from '../../run/list-runs.ts'
import { type RunRecord, saveRunRecord } from '../../run/run-record.ts'
import { hashFile } from '../../source/hash-file.ts'
import { claimFile, dropMarkers, giveBack, workingPath } from '../../sync/inbox.ts'
import type { Sync } from '../../sync/load-sync.ts'
import { type Execution, saveExecution } from '../../sync/executions.ts'
import { startRun } from '../import/start-run.ts'
import { openImport } from '../input/open-import.ts'
import { readRows } from '../input/read-rows.ts'
import { OtherFile } from '../resume/check-record.ts'
import { continueRun } from '../resume/resume-run.ts'
import { cancelRun } from '../runs/cancel-run.ts'
import { readSessionEnd } from '../runs/show-run.ts'
import { endExecution } from './end-execution.ts'
import type { ExecutionContext, ExecutionResult } from './execution-context.ts'
import { stampOf, vanished } from './hold-back.ts'
import { planNight } from './plan-night.ts'
import { enqueue } from './record-trouble.ts'
import { plainNotification } from './sync-notification.ts'
import { watchNight } from './watch-night.ts'

/** From the file that was examined to the end of its run's session. */
export async function importFile(execution: Execution, context: ExecutionContext): Promise<ExecutionResult> {
  const { sync, inbox, store } = context
  const name = execution.file ?? ''
  let path = workingPath(inbox, name)
  if (existsSync(path)) dropMarkers(inbox, name, sync.ready, execution.startedAt)
  else if (existsSync(join(inbox, name))) path = claimFile(inbox, name, sync.ready)
  if (!existsSync(path) || (await hashFile(path)) !== execution.sha256) return letGo(execution, name, context)
  await using open = await openImport({ files: [path], plan: sync.plan, hash: true }, context)
  const read = () => readRows(open.openRows, undefined, context.signal)
  const compiled = await planNight(open.compiled, open.plan, { store, read })
  // What was decrypted has a hash of its own.
  const sha256 = open.isCopy ? undefined : execution.sha256
  const run = {
    priority: 'normal',
    again: true,
    workers: context.workers,
    sync: runName(sync, execution),
    sha256,
  } as const
  const night = watchNight(execution, context)
  const end = await startRun({ ...open, source: open.source, compiled }, run, night.context)
  await night.told()
  return endExecution(execution, end, context)
}

/** It was taken away, or overwritten, before it was ours. Nothing of it was sent; what is there now may be whole. */
function letGo(execution: Execution, name: string, context: ExecutionContext): ExecutionResult {
  const { sync, inbox, store, environment } = context
  giveBack(inbox, name, stampOf(execution.startedAt))
  return store.transaction(() => {
    const ended = { ...execution, endedAt: environment.now(), outcome: 'guard', reason: vanished(name).reason }
    saveExecution(store, { ...ended, sha256: undefined })
    const notification = plainNotification(sync.name, ended, { next: '', environment })
    enqueue({ kind: 'guard', guard: 'unsteady' }, notification, context)
    return { execution: ended }
  })
}

/** Resumes the execution that an earlier process began and did not end. */
export async function resumeExecution(execution: Execution, context: ExecutionContext): Promise<ExecutionResult> {
  const { sync, store, environment, force, workers } = context
  const { home } = environment
  const record = listRuns(home).find((run) => run.sync === runName(sync, execution))
  if (record === undefined) {
    refuseUnreadable(home, `It may be that of this night of the sync ${sync.name}, which would be sent again.`)
    return importFile(execution, context)
  }
  if (record.state === 'finished' || record.state === 'cancelled')
    return endExecution(execution, readSessionEnd(home, record), context)
  if (record.state === 'halted' && record.stopWhen === true && !force)
    return { execution, end: readSessionEnd(home, record) }
  const change = (plan: CompiledPlan, rules: MemberRules, read: ReadRows) => planNight(plan, rules, { store, read })
  const night = watchNight(execution, context)
  try {
    const end = await continueRun(record, { workers, change }, night.context)
    await night.told()
    return endExecution(execution, end, context)
  } catch (error) {
    // The newest list has all that an older one has; of changes, none is in the place of another.
    if (!(error instanceof OtherFile) || sync.holds === 'changes') throw error
    return await giveUp(execution, { ...record, reason: record.reason ?? error.message }, context)
  }
}

/** What was written to after it had been taken up will never be what it was: its run goes on no more, so that others may. */
async function giveUp(execution: Execution, record: RunRecord, context: ExecutionContext): Promise<ExecutionResult> {
  const { home } = context.environment
  saveRunRecord(home, record)
  await cancelRun(record.run, context)
  return endExecution(execution, readSessionEnd(home, findRun(home, record.run)), context)
}

function runName({ name }: Sync, { id }: Execution): string {
  return `${name}/${id}`
}
