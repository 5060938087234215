import { join, resolve } from 'node:path'
import { repeatedRow } from '../../check/apply-duplicates.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import { runFolder, saveRunRecord } from '../../run/run-record.ts'
import { archiveFile, workingPath } from '../../sync/inbox.ts'
import type { ExecutionEnd } from '../../sync/sync-events.ts'
import { type Execution, saveExecution } from '../../sync/executions.ts'
import { type Outcomes, settle } from '../../sync/settle.ts'
import { writeGone } from '../../sync/write-gone.ts'
import type { SessionEnd } from '../session/session-end.ts'
import type { ExecutionContext, ExecutionResult } from './execution-context.ts'
import { enqueue } from './record-trouble.ts'
import { runNotification } from './sync-notification.ts'

/** Remembers what the run has come to, notifies of it, and puts the file away; a run that is not over keeps its file. */
export function endExecution(begun: Execution, end: SessionEnd, context: ExecutionContext): ExecutionResult {
  const { store, environment, sync } = context
  const { home } = environment
  const { record, rejects } = end
  const { run, state } = record
  const execution: Execution = { ...begun, run, outcome: state, reason: record.reason, problems: rejects }
  if (state !== 'finished' && state !== 'cancelled') {
    store.transaction(() => {
      saveExecution(store, execution)
      const notification = runNotification(sync, execution, end, environment)
      if (state === 'halted') enqueue({ kind: 'halted', reason: record.reason ?? '' }, notification, context)
    })
    return { execution, end }
  }
  // An execution that comes to this again, after a crash, has all but the file's move behind it.
  if (begun.outcome !== 'finished' && begun.outcome !== 'cancelled') remember(execution, end, context)
  const from = workingPath(context.inbox, execution.file ?? '')
  const archived = archiveFile(from, context.inbox, state === 'finished' ? 'done' : 'failed', run)
  // A file that was decrypted lies in the run's folder already.
  if (resolve(record.file) === resolve(from)) saveRunRecord(home, { ...record, file: archived })
  const ended = { ...execution, endedAt: environment.now(), archived }
  saveExecution(store, ended)
  return { execution: ended, end }
}

function remember(execution: Execution, end: SessionEnd, context: ExecutionContext): void {
  const { store, environment, sync } = context
  const { record, rejects: problems, summary } = end
  const folder = runFolder(environment.home, record.run)
  using stack = new DisposableStack()
  const ledger = stack.adopt(openLedger(folder.ledger, { readOnly: true }), (opened) => opened.close())
  const isFinished = record.state === 'finished'
  const complete = isFinished && sync.holds === 'everyone'
  if (complete) writeGone(store, join(folder.path, 'gone.csv'))
  const how: ExecutionEnd = isFinished
    ? { kind: 'finished', problems, rows: summary.rows }
    : { kind: 'halted', reason: 'cancelled' }
  store.transaction(() => {
    settle(store, record.run, outcomesIn(ledger), { complete })
    saveExecution(store, execution)
    enqueue(how, runNotification(sync, execution, end, environment), context)
  })
}

function outcomesIn(ledger: Ledger): Outcomes {
  return {
    rowStates: (first, last) => ledger.rowStates(first, last),
    repeatedBy(row) {
      const { register, link } = ledger.row(row)?.outcomes ?? {}
      return repeatedRow((register ?? link)?.message)
    },
  }
}
