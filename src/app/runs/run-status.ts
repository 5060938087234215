import { existsSync } from 'node:fs'
import { takeFileLock } from '../../file-lock.ts'
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
  if (!existsSync(folder.ledger)) return { run: record.run, state, rows: 0, problems: 0 }
  const ledger = openLedger(folder.ledger, { readOnly: true })
  try {
    const { rows, statuses } = ledger.counts()
    return { run: record.run, state, rows, problems: countRejects(statuses) }
  } finally {
    ledger.close()
  }
}

/** Whether a process is at work on the run. */
export function isAtWork(home: string, run: string): boolean {
  const unlock = takeFileLock(runFolder(home, run).lock)
  unlock?.()
  return unlock === undefined
}
