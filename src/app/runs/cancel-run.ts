import { takeFileLock } from '../../file-lock.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import { UsageError } from '../../model.ts'
import { findRun } from '../../run/list-runs.ts'
import { recordLastAnswers } from '../../run/last-answers.ts'
import { removeJobs } from '../../run/remove-jobs.ts'
import { type RunRecord, runFolder, saveRunRecord } from '../../run/run-record.ts'
import type { Context } from '../context.ts'
import { renderRun } from '../report/render-run.ts'
import { openWatchedBroker } from '../session/open-watched-broker.ts'
import { askToStop } from './pause-run.ts'
import { isAtWork, isOver } from './run-status.ts'

/**
 * Ends a run for good: what was sent stays sent, nothing further is. Gives its id. Throws a UsageError where it is over.
 */
export async function cancelRun(name: string, context: Context): Promise<string> {
  const { home } = context.environment
  const record = findRun(home, name)
  const { run } = record
  if (isOver(record.state)) throw new UsageError(`Run ${run} is ${record.state} already.`)
  if (isAtWork(home, run)) await askToStop(home, { run, kind: 'cancel' }, context.on)
  const now = findRun(home, run)
  if (now.state === 'finished') {
    throw new UsageError(`Run ${run} is finished: it had come to its end before it could be cancelled.`)
  }
  // It may have been about to pause when it was asked, and heard nothing any more.
  if (!isOver(now.state)) await cancelStopped(now, context)
  return run
}

/**
 * A run that nobody works on: its jobs are taken off the queues, what workers elsewhere were answered since is recorded, and
 * its reports say how it stands.
 */
async function cancelStopped(record: RunRecord, context: Context): Promise<void> {
  const { home } = context.environment
  const { run, account } = record
  const folder = runFolder(home, run)
  await using stack = new AsyncDisposableStack()
  const unlock = takeFileLock(folder.lock)
  if (unlock === undefined) throw new UsageError(`Another process is at work on run ${run}.`)
  stack.defer(unlock)
  const ledger = stack.adopt(openLedger(folder.ledger), (opened) => opened.close())
  const { broker } = stack.use(await openWatchedBroker(context.environment, context))
  await broker.setRunState(run, 'cancelled')
  await removeJobs({ run, account, broker, ledger })
  await recordLastAnswers({ run, account, broker, ledger })
  const cancelled: RunRecord = { ...record, state: 'cancelled', finishedAt: new Date().toISOString() }
  saveRunRecord(home, cancelled)
  await renderRun(home, cancelled, ledger)
}
