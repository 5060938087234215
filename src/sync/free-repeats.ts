import { type Remembered, STATE, STEP, type Step } from './decide.ts'
import type { Store } from './store.ts'

/** A row of tonight's file whose hashes are known. */
export interface SurveyedRow {
  readonly row: number
  readonly key: string
  readonly register: string
  readonly link: string
}

/**
 * The rows of tonight's file that were not sent before because another row was of the same member, and whose other row is
 * not there tonight, or is itself sent: then the run finds out anew which of them repeats which.
 */
export function freedRepeats(store: Store): readonly SurveyedRow[] {
  const repeats = store.db.prepare(
    `SELECT row, key, register, link FROM tonight
     WHERE (register_step = ${STEP.repeated} OR link_step = ${STEP.repeated}) AND NOT EXISTS
     (SELECT 1 FROM repeats r JOIN tonight t ON t.key = r.of_key
      WHERE r.key = tonight.key AND r.register = tonight.register AND r.link = tonight.link AND t.row <> tonight.row
        AND ${isAtRest('t.register_step', 't.link_step')})`,
  )
  return repeats.all().map((entry) => ({
    row: Number(entry['row']),
    key: String(entry['key']),
    register: String(entry['register']),
    link: String(entry['link']),
  }))
}

/** It asks for something, and nothing of it is sent; nor was it ever left out for another row's sake. */
function isAtRest(register: string, link: string): string {
  const busy: readonly Step[] = [STEP.send, STEP.repeated]
  return `${register} NOT IN (${busy.join()}) AND ${link} NOT IN (${busy.join()}) AND ${register} + ${link} > 0`
}

/** What is remembered of a row that repeats no other any more. */
export function asFreed(known: readonly Remembered[]): readonly Remembered[] {
  return known.map((entry) => ({
    ...entry,
    registerState: entry.registerState === STATE.repeated ? STATE.open : entry.registerState,
    linkState: entry.linkState === STATE.repeated ? STATE.open : entry.linkState,
  }))
}
