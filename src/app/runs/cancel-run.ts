import { openLedger } from '../../ledger/open-ledger.ts'
import { UsageError } from '../../model.ts'
import { findRun } from '../../run/list-runs.ts'
import { removeJobs } from '../../run/remove-jobs.ts'
import { type RunRecord, runFolder, saveRunRecord } from '../../run/run-record.ts'
import type { Context } from '../context.ts'
import { renderRun } from '../report/render-run.ts'
import { openWatchedBroker } from '../session/open-watched-broker.ts'
import { askToStop } from './pause-run.ts'
import { isAtWork } from './run-status.ts'

/**
 * Ends a run for good: what was sent stays sent, nothing further is. Gives its id. Throws a UsageError where it is over.
 */
export async function cancelRun(name: string, context: Context): Promise<string> {
  const { home } = context.environment
  const record = findRun(home, name)
  if (record.state === 'finished' || record.state === 'cancelled') {
    throw new UsageError(`Run ${record.run} is ${record.state} already.`)
  }
  if (isAtWork(home, record.run)) await askToStop(home, { run: record.run, kind: 'cancel' }, context.on)
  else await cancelStopped(record, context)
  return record.run
}

/** A run that nobody works on: its jobs are taken off the queues, and its reports say so. */
async function cancelStopped(record: RunRecord, context: Context): Promise<void> {
  const { home } = context.environment
  await using stack = new AsyncDisposableStack()
  const openRead = () => openLedger(runFolder(home, record.run).ledger, { readOnly: true })
  const ledger = stack.adopt(openRead(), (opened) => opened.close())
  const { broker } = stack.use(await openWatchedBroker(context.environment, context))
  await broker.setRunState(record.run, 'cancelled')
  await removeJobs({ run: record.run, account: record.account, broker, ledger })
  const cancelled: RunRecord = { ...record, state: 'cancelled', finishedAt: new Date().toISOString() }
  saveRunRecord(home, cancelled)
  await renderRun(home, cancelled, ledger)
}
