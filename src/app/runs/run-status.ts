import { existsSync } from 'node:fs'
import { takeFileLock } from '../../file-lock.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import { countRejects } from '../../ledger/rejects.ts'
import { type UnreadableRun, readRuns } from '../../run/list-runs.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'

/** How a run stands at this moment, in a word: `running` and `crashed` are told apart by who holds its lock. */
export interface Standing {
  readonly run: string
  readonly state: RunRecord['state'] | 'crashed'
  readonly rows: number
  /** Rows that are rejected, failed or invalid. */
  readonly problems: number
}

export function standing(home: string, record: RunRecord): Standing {
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

/** How all runs stand, the latest last; a run whose record or ledger cannot be read is among the others. */
export function readStandings(home: string): {
  readonly runs: readonly { readonly record: RunRecord; readonly standing: Standing }[]
  readonly unreadable: readonly UnreadableRun[]
} {
  const { records, unreadable } = readRuns(home)
  const runs: { record: RunRecord; standing: Standing }[] = []
  const others = [...unreadable]
  for (const record of records) {
    try {
      runs.push({ record, standing: standing(home, record) })
    } catch (error) {
      others.push({ run: record.run, why: error instanceof Error ? error.message : String(error) })
    }
  }
  return { runs, unreadable: others.toSorted((a, b) => (a.run < b.run ? -1 : 1)) }
}

/** Whether a process is at work on the run. */
export function isAtWork(home: string, run: string): boolean {
  const unlock = takeFileLock(runFolder(home, run).lock)
  unlock?.()
  return unlock === undefined
}
