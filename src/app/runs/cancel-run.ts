import { openBroker } from '../../broker/open-broker.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import { UsageError } from '../../model.ts'
import { findRun } from '../../run/list-runs.ts'
import { removeJobs } from '../../run/remove-jobs.ts'
import { type RunRecord, runFolder, saveRunRecord } from '../../run/run-record.ts'
import type { Environment } from '../environment.ts'
import { renderRun } from '../report/render-run.ts'
import { askToStop } from './pause-run.ts'
import { isAtWork } from './run-status.ts'

/**
 * Ends a run for good: what was sent stays sent, nothing further is. Gives its id. Throws a UsageError where it is over.
 */
export async function cancelRun(environment: Environment, name: string): Promise<string> {
  const { home } = environment
  const record = findRun(home, name)
  if (record.state === 'finished' || record.state === 'cancelled') {
    throw new UsageError(`Run ${record.run} is ${record.state} already.`)
  }
  if (isAtWork(home, record.run)) await askToStop(home, record.run, 'cancel')
  else await cancelStopped(environment, record)
  return record.run
}

/** A run that nobody works on: its jobs are taken off the queues, and its reports say so. */
async function cancelStopped(environment: Environment, record: RunRecord): Promise<void> {
  const { home } = environment
  await using stack = new AsyncDisposableStack()
  const openRead = () => openLedger(runFolder(home, record.run).ledger, { readOnly: true })
  const ledger = stack.adopt(openRead(), (opened) => opened.close())
  const broker = stack.adopt(await openBroker(environment), (opened) => opened.close())
  await broker.setRunState(record.run, 'cancelled')
  await removeJobs({ run: record.run, account: record.account, broker, ledger })
  const cancelled: RunRecord = { ...record, state: 'cancelled', finishedAt: new Date().toISOString() }
  saveRunRecord(home, cancelled)
  await renderRun(home, cancelled, ledger)
}
