import { formatCount, plural } from '../words.ts'

/** What a sentence on a run is made from. */
export interface RunStanding {
  readonly state: 'running' | 'crashed' | 'finished' | 'paused' | 'halted' | 'cancelled'
  /** Why it is halted. */
  readonly reason?: string | undefined
  readonly rows: number
  /** Rows that are rejected, failed or invalid. */
  readonly rejects: number
}

/** The verdict on a run, in a sentence that goes on from its name. */
export function runSentence({ state, reason, rows, rejects }: RunStanding): string {
  switch (state) {
    case 'finished':
      return rejects === 0
        ? `finished, all ${plural(rows, 'row')} done.`
        : `finished; ${formatCount(rejects)} of ${plural(rows, 'row')} did not succeed.`
    case 'halted':
      return `halted. ${reason ?? ''}`.trim()
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
