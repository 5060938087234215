import { countRejects } from '../ledger/rejects.ts'
import type { Status } from '../model.ts'
import { doubtWords, remarkWords } from './doubt-words.ts'
import type { Summary } from './summary.ts'
import { isUnchanged } from './to-look-at.ts'
import { formatCount, plural } from '../words.ts'

/** What a sentence on a run is made from: beside these, its rows by status. */
export interface RunCounts
  extends Readonly<Record<Status, number>>, Partial<Pick<Summary, 'skipped_because' | 'doubts' | 'remarks'>> {
  readonly state: 'running' | 'crashed' | 'finished' | 'paused' | 'halted' | 'cancelled'
  /** Why it is halted. */
  readonly reason?: string | undefined
  readonly rows: number
}

/** The verdict on a run, in a sentence that goes on from its name. All rows are done only where each of them was sent. */
export function runSentence(run: RunCounts): string {
  switch (run.state) {
    case 'finished':
      return finishedSentence(run)
    case 'halted':
      return `halted. ${run.reason ?? ''}`.trim()
    case 'cancelled':
      return 'cancelled.'
    case 'running':
      return 'a process is at work on it.'
    case 'crashed':
      return 'its process ended in the middle; nothing is lost.'
    case 'paused':
      return 'paused; nothing is lost.'
  }
}

function finishedSentence(run: RunCounts): string {
  const { rows, skipped, warned, skipped_because: reasons = [], ...statuses } = run
  if (rows === 0) return 'finished; there were no rows, and nothing was sent.'
  const doubtful = doubtWords(run)
  const doubts = doubtful === undefined ? '' : `, ${doubtful}`
  const remarks = remarkWords(run)
  const unchanged = reasons.reduce((sum, { message, rows: met }) => (isUnchanged(message) ? sum + met : sum), 0)
  const left = [counted(unchanged, 'unchanged'), counted(skipped - unchanged, 'skipped')].join('')
  const rejects = countRejects(statuses)
  if (rejects > 0) {
    return `finished; ${formatCount(rejects)} of ${plural(rows, 'row')} did not succeed${counted(warned, 'warned')}${doubts}${left}${remarks}.`
  }
  if (skipped === 0)
    return `finished, all ${plural(rows, 'row')} done${counted(warned, 'of them warned')}${doubts}${remarks}.`
  if (skipped === rows) return `finished; nothing was sent of ${plural(rows, 'row')}${left}.`
  const done = `${formatCount(statuses.ok + warned)} of ${plural(rows, 'row')} done`
  return `finished; ${done}${warned > 0 ? ` (${formatCount(warned)} warned)` : ''}${doubts}${left}${remarks}.`
}

function counted(rows: number, what: string): string {
  return rows > 0 ? `, ${formatCount(rows)} ${what}` : ''
}
