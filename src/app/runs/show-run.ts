import { openLedger } from '../../ledger/open-ledger.ts'
import { summarise } from '../../report/summary.ts'
import { findRun } from '../../run/list-runs.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'
import { reportInfo } from '../report/report-info.ts'
import { type SessionEnd, sessionEnd } from '../session/session-end.ts'
import { type RunStatus, runStatus } from './run-status.ts'

/** How a run stands at this moment, or what became of it. */
export interface ShownRun extends Omit<SessionEnd, 'record'> {
  readonly record: Omit<RunRecord, 'state'> & { readonly state: RunStatus['state'] }
}

/** `name`: the run's id, the beginning or end of one, or `latest`. Throws a UsageError where there is no such run. */
export function showRun(home: string, name: string): ShownRun {
  const record = findRun(home, name)
  const { state } = runStatus(home, record)
  const end = readSessionEnd(home, record)
  // What stands there while a process is at work is the end of an earlier session.
  const summary = record.state === 'running' ? { ...end.summary, finished_at: null } : end.summary
  return { ...end, summary, record: { ...record, state } }
}

/** What the last session of a run left, as the ledger has it. */
export function readSessionEnd(home: string, record: RunRecord): SessionEnd {
  using stack = new DisposableStack()
  const open = () => openLedger(runFolder(home, record.run).ledger, { readOnly: true })
  const ledger = stack.adopt(open(), (opened) => opened.close())
  return sessionEnd(record, summarise(ledger, reportInfo(home, record)), ledger)
}
