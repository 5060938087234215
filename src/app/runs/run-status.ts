import { existsSync } from 'node:fs'
import { isFileLocked } from '../../file-lock.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import { countRejects } from '../../ledger/rejects.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'

/** How a run stands at this moment, in a word: `running` and `crashed` are told apart by who holds its lock. */
export interface RunStatus {
  readonly run: string
  readonly state: RunRecord['state'] | 'crashed'
  readonly rows: number
  /** Rows that are rejected, failed or invalid. */
  readonly problems: number
}

export function runStatus(home: string, record: RunRecord): RunStatus {
  const folder = runFolder(home, record.run)
  const state = record.state === 'running' && !isAtWork(home, record.run) ? 'crashed' : record.state
  return { run: record.run, state, ...countsOf(folder.ledger, state) }
}

function countsOf(path: string, state: RunStatus['state']): Pick<RunStatus, 'rows' | 'problems'> {
  if (!existsSync(path)) return { rows: 0, problems: 0 }
  try {
    using open = new DisposableStack()
    const ledger = open.adopt(openLedger(path, { readOnly: true }), (opened) => opened.close())
    const { rows, statuses } = ledger.counts()
    return { rows, problems: countRejects(statuses) }
  } catch (error) {
    // It is being made at this moment.
    if (state === 'running') return { rows: 0, problems: 0 }
    throw error
  }
}

/** Whether a process is at work on the run. */
export function isAtWork(home: string, run: string): boolean {
  return isFileLocked(runFolder(home, run).lock)
}
