import type { DatabaseSync } from 'node:sqlite'

import type { Outcome } from '../model.ts'
import { answerColumns, toAnswerTuple, toVerdictTuple } from './outcome-record.ts'
import { prepareTuples } from './tuples.ts'

/** So many verdicts are known by their texts: most rows have one of a few. What is forgotten is written once more. */
const MOST_KNOWN = 2_000
/** Longer ones are hardly of two rows. */
const MOST_CHARACTERS = 1_000

/** Prepares the writing of outcomes. */
export function prepareOutcomes(db: DatabaseSync) {
  const values = `(${answerColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
  const insert = db.prepare(`INSERT INTO answers ${values} ON CONFLICT DO NOTHING`)
  const replace = db.prepare(`INSERT OR REPLACE INTO answers ${values}`)
  const addCode = db.prepare('INSERT INTO other_codes (code, row) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const addVerdict = db.prepare('INSERT INTO verdicts (result, status, message, detail) VALUES (?, ?, ?, ?)')
  const find = prepareTuples<[number]>(db, 'SELECT 1 FROM answers WHERE row = ? LIMIT 1')
  const known = new Map<string, number>()
  // Rows come in order, so nearly every new row lies beyond all outcomes, and need not be looked up.
  let highest = prepareTuples<[number | null]>(db, 'SELECT max(row) FROM answers').get()?.[0] ?? 0

  function verdictOf(outcome: Outcome): number {
    const verdict = toVerdictTuple(outcome)
    // Words are clean: nothing of them holds these signs.
    const text = verdict.map((part) => part ?? '\u0001').join('\u0000')
    const before = known.get(text)
    if (before !== undefined) return before
    const number = Number(addVerdict.run(...verdict).lastInsertRowid)
    if (known.size >= MOST_KNOWN) known.clear()
    if (text.length <= MOST_CHARACTERS) known.set(text, number)
    return number
  }

  return {
    /** True where the outcome was new. */
    insertOutcome(outcome: Outcome): boolean {
      highest = Math.max(highest, outcome.row)
      if (insert.run(...toAnswerTuple(outcome, verdictOf(outcome))).changes === 0) return false
      for (const code of otherCodesOf(outcome)) addCode.run(code, outcome.row)
      return true
    },
    replaceOutcome: (outcome: Outcome) => void replace.run(...toAnswerTuple(outcome, verdictOf(outcome))),
    hasOutcome: (row: number): boolean => row <= highest && find.get(row) !== undefined,
    /** What a transaction added is not there where it was rolled back. */
    forgetVerdicts: () => known.clear(),
  }
}

/** The codes that the row met beside that of the outcome. */
function otherCodesOf({ code: own, warnings, programs = [] }: Outcome): readonly number[] {
  return [...warnings, ...programs].flatMap(({ code }) => (code === undefined || code === own ? [] : [code]))
}
