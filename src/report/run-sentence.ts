import { countRejects } from '../ledger/rejects.ts'
import type { Status } from '../model.ts'
import { formatCount, plural } from '../words.ts'

/** What a sentence on a run is made from: beside these, its rows by status. */
export interface RunStanding extends Readonly<Record<Status, number>> {
  readonly state: 'running' | 'crashed' | 'finished' | 'paused' | 'halted' | 'cancelled'
  /** Why it is halted. */
  readonly reason?: string | undefined
  readonly rows: number
}

/** The verdict on a run, in a sentence that goes on from its name. All rows are done only where each of them was sent. */
export function runSentence(standing: RunStanding): string {
  switch (standing.state) {
    case 'finished':
      return finishedSentence(standing)
    case 'halted':
      return `halted. ${standing.reason ?? ''}`.trim()
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

function finishedSentence({ rows, skipped, warned, ...statuses }: RunStanding): string {
  const rejects = countRejects(statuses)
  if (rejects > 0) {
    const others = [
      warned > 0 ? `, ${formatCount(warned)} warned` : '',
      skipped > 0 ? `, ${formatCount(skipped)} skipped` : '',
    ]
    return `finished; ${formatCount(rejects)} of ${plural(rows, 'row')} did not succeed${others.join('')}.`
  }
  if (skipped === 0) {
    return `finished, all ${plural(rows, 'row')} done${warned > 0 ? `, ${formatCount(warned)} of them warned` : ''}.`
  }
  if (skipped === rows) return `finished; nothing was sent: all ${plural(rows, 'row')} skipped.`
  const done = `${formatCount(statuses.ok + warned)} of ${plural(rows, 'row')} done`
  return `finished; ${done}${warned > 0 ? ` (${formatCount(warned)} warned)` : ''}, ${formatCount(skipped)} skipped.`
}
