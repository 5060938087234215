import { join, resolve } from 'node:path'
import { repeatedRow } from '../../check/heed-duplicates.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import { runFolder, saveRunRecord } from '../../run/run-record.ts'
import { archiveFile, workingPath } from '../../sync/inbox.ts'
import type { NightEnd } from '../../sync/news.ts'
import { type Night, saveNight } from '../../sync/nights.ts'
import { type Outcomes, settle } from '../../sync/settle.ts'
import { writeGone } from '../../sync/write-gone.ts'
import type { SessionEnd } from '../session/session-end.ts'
import type { ExecutionContext, ExecutionResult } from './execution-context.ts'
import { enqueue } from './record-trouble.ts'
import { runNotice } from './sync-notice.ts'

/** Remembers what the run has come to, tells of it, and puts the file away; a run that is not over keeps its file. */
export function endExecution(begun: Night, end: SessionEnd, context: ExecutionContext): ExecutionResult {
  const { store, environment, sync } = context
  const { home } = environment
  const { record, rejects } = end
  const { run, state } = record
  const night: Night = { ...begun, run, outcome: state, reason: record.reason, problems: rejects }
  if (state !== 'finished' && state !== 'cancelled') {
    store.transaction(() => {
      saveNight(store, night)
      const told = runNotice(sync.name, night, end, home)
      if (state === 'halted') enqueue({ kind: 'halted', reason: record.reason ?? '' }, told, context)
    })
    return { night, end }
  }
  // An execution that comes to this again, after a crash, has all but the file's move behind it.
  if (begun.outcome !== 'finished' && begun.outcome !== 'cancelled') remember(night, end, context)
  const from = workingPath(context.inbox, night.file ?? '')
  const archived = archiveFile(from, context.inbox, state === 'finished' ? 'done' : 'failed', run)
  // A file that was decrypted lies in the run's folder already.
  if (resolve(record.file) === resolve(from)) saveRunRecord(home, { ...record, file: archived })
  const ended = { ...night, endedAt: environment.now(), archived }
  saveNight(store, ended)
  return { night: ended, end }
}

function remember(night: Night, end: SessionEnd, context: ExecutionContext): void {
  const { store, environment, sync } = context
  const { record, rejects: problems, summary } = end
  const folder = runFolder(environment.home, record.run)
  using stack = new DisposableStack()
  const ledger = stack.adopt(openLedger(folder.ledger, { readOnly: true }), (opened) => opened.close())
  const isFinished = record.state === 'finished'
  const complete = isFinished && sync.holds === 'everyone'
  if (complete) writeGone(store, join(folder.path, 'gone.csv'))
  const how: NightEnd = isFinished
    ? { kind: 'finished', problems, rows: summary.rows }
    : { kind: 'halted', reason: 'cancelled' }
  store.transaction(() => {
    settle(store, record.run, outcomesIn(ledger), { complete })
    saveNight(store, night)
    enqueue(how, runNotice(sync.name, night, end, environment.home), context)
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
