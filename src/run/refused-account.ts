import { lookUpCode } from '../lanes/catalogue.ts'
import { laneNamed } from '../lanes/lanes.ts'
import type { LaneName, Outcome } from '../model.ts'

/** Rows of a lane that all have it, before anything is concluded. */
const FIRST_ROWS = 20

/**
 * Watches whether the first rows of a session are all refused for the account's settings, and not for what is in them
 * (`Lane.accountCodes`): then all others would be.
 */
export class RefusedAccount {
  readonly #seen = new Map<LaneName, { readonly code: number; rows: number } | 'fine'>()

  /** Why the run should halt now, and what to do; undefined while it may go on. */
  see(outcomes: readonly Outcome[]): { readonly reason: string; readonly remedy: string } | undefined {
    for (const outcome of outcomes) {
      const rows = this.#count(outcome)
      if (rows === FIRST_ROWS) return words(outcome)
    }
    return undefined
  }

  #count({ lane, code, status, attempts }: Outcome): number {
    const before = this.#seen.get(lane)
    if (before === 'fine' || attempts === 0) return 0
    const isRefused = status === 'rejected' && code !== undefined && laneNamed(lane).accountCodes?.has(code) === true
    if (!isRefused || (before !== undefined && before.code !== code)) {
      this.#seen.set(lane, 'fine')
      return 0
    }
    const now = before ?? { code, rows: 0 }
    now.rows += 1
    this.#seen.set(lane, now)
    return now.rows
  }
}

function words({ lane, code = 0, message = '' }: Outcome): { reason: string; remedy: string } {
  const entry = lookUpCode(lane, 'error', code, message)
  return {
    reason: `The first ${FIRST_ROWS} rows were all refused with ${code}: ${entry?.meaning ?? message}`,
    remedy: `It is not about what is in the rows. ${entry?.remedy ?? ''} Then resume the run, and \`rerun\` the rows that were refused.`,
  }
}
