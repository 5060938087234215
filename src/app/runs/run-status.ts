import { existsSync } from 'node:fs'
import { isFileLocked } from '../../file-lock.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import { countRejects } from '../../ledger/rejects.ts'
import { isToLookAt, remarksOf } from '../../report/to-look-at.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'
import { ENDS_AT, ROWS_IN_ALL } from './expectations.ts'

/** How a run stands at this moment, in a word: `running` and `crashed` are told apart by who holds its lock. */
export interface RunStatus {
  readonly run: string
  readonly state: RunRecord['state'] | 'crashed'
  readonly rows: number
  /** Rows that have all their outcomes. */
  readonly done: number
  /** Rows that the file has, as far as that is known. */
  readonly rowsInAll?: number
  /** When every row will be done, as the process at work sees it; milliseconds since the epoch. */
  readonly endsAt?: number
  /** Rows that are rejected, failed or invalid. */
  readonly problems: number
  /** These, or anything else for people to look at. */
  readonly isToLookAt: boolean
}

export function runStatus(home: string, record: RunRecord): RunStatus {
  const folder = runFolder(home, record.run)
  const state = record.state === 'running' && !isAtWork(home, record.run) ? 'crashed' : record.state
  return { run: record.run, state, ...countsOf(folder.ledger, state) }
}

const NOTHING = { rows: 0, done: 0, problems: 0, isToLookAt: false }

function countsOf(path: string, state: RunStatus['state']): Omit<RunStatus, 'run' | 'state'> {
  if (!existsSync(path)) return NOTHING
  try {
    using stack = new DisposableStack()
    const ledger = stack.adopt(openLedger(path, { readOnly: true }), (opened) => opened.close())
    const { rows, open, statuses } = ledger.counts()
    const [rowsInAll, endsAt] = [ledger.meta.get(ROWS_IN_ALL), ledger.meta.get(ENDS_AT)]
    return {
      rows,
      done: rows - open,
      problems: countRejects(statuses),
      isToLookAt: isToLookAt({
        ...statuses,
        skipped_because: ledger.skips(),
        doubts: ledger.doubts(),
        ...remarksOf(ledger),
      }),
      ...(typeof rowsInAll === 'number' && { rowsInAll }),
      ...(typeof endsAt === 'number' && state === 'running' && { endsAt }),
    }
  } catch (error) {
    // It is being made at this moment.
    if (state === 'running') return NOTHING
    throw error
  }
}

/** Whether a run cannot go on. The process that was at work on it may still write its reports. */
export function isOver(state: RunStatus['state']): boolean {
  return state === 'finished' || state === 'cancelled'
}

/** Whether a process is at work on the run. */
export function isAtWork(home: string, run: string): boolean {
  return isFileLocked(runFolder(home, run).lock)
}
