import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { diskTroubleOf } from '../disk-error.ts'
import type { ConsoleHome } from './home.ts'

/** Something that was asked of the console and changes something. */
export interface Act {
  /** ISO 8601, UTC. */
  readonly at: string
  /** Where it came from: an address, and the user that a proxy in front names. */
  readonly from: string
  readonly user?: string
  readonly method: string
  readonly path: string
  readonly status: number
}

/**
 * Writes an act into `<home>/console/audit.jsonl`, a line each. Whoever asked for it hears what became of it, also where the
 * disk takes no line.
 */
export function noteAct(home: ConsoleHome, act: Act): void {
  try {
    appendFileSync(join(home.folder('console'), 'audit.jsonl'), `${JSON.stringify(act)}\n`, { mode: 0o600 })
  } catch (error) {
    if (diskTroubleOf(error) === undefined) throw error
  }
}
