import { type Remembered, STATE, STEP } from './decide.ts'
import type { Store } from './store.ts'

/** A row of this execution's file, with what it asks for. */
export interface SurveyedRow {
  readonly row: number
  readonly key: string
  readonly asks: string
}

/**
 * The rows of this execution's file that were not sent before because another row was of the same member, and whose other row is
 * not there any more, or is itself sent: then the run finds out anew which of them repeats which.
 */
export function freedRepeats(store: Store): readonly SurveyedRow[] {
  const repeats = store.db.prepare(
    `SELECT row, key, asks FROM staged_rows
     WHERE instr(steps, '${STEP.repeated}') AND NOT EXISTS
     (SELECT 1 FROM repeats r JOIN staged_rows t ON t.key = r.of_key
      WHERE r.key = staged_rows.key AND r.asks = staged_rows.asks AND t.row <> staged_rows.row AND ${IS_AT_REST})`,
  )
  return repeats.all().map((entry) => ({
    row: Number(entry['row']),
    key: String(entry['key']),
    asks: String(entry['asks']),
  }))
}

/** It asks for something, and nothing of it is sent; nor was it ever left out for another row's sake. */
const IS_AT_REST = `t.steps <> '' AND NOT instr(t.steps, '${STEP.send}') AND NOT instr(t.steps, '${STEP.repeated}')`

/** What is remembered of a row that repeats no other any more. */
export function asFreed(known: readonly Remembered[]): readonly Remembered[] {
  return known.map((entry) => ({ ...entry, states: entry.states.replaceAll(STATE.repeated, STATE.open) }))
}
