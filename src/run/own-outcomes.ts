import type { LaneName, Outcome, ProgramOutcome } from '../model.ts'

interface Words {
  readonly message: string
  readonly hint?: string
}

/** A row that was never sent: the file or the plan has no request for it. */
export function invalidOutcome(row: number, lane: LaneName, words: Words): Outcome {
  return own(row, lane, 'invalid', words)
}

/** A row that was not sent on purpose. */
export function skippedOutcome(row: number, lane: LaneName, words: Words): Outcome {
  return own(row, lane, 'skipped', words)
}

/** The link of a row whose registration did not succeed. */
export function unregisteredOutcome(row: number, registration: Pick<Outcome, 'result'>): Outcome {
  return skippedOutcome(row, 'link', {
    message: `not linked, because the member was not registered (${registration.result})`,
    hint: 'Mend what kept the row from being registered; it is linked when it is imported again.',
  })
}

/** The link of a row all of whose partner programs an earlier run had linked. */
export function linkedOutcome(row: number, programs: readonly ProgramOutcome[]): Outcome {
  const words = { message: 'linked by an earlier run' }
  return { ...own(row, 'link', 'skipped', words), result: 'linked', status: 'ok', programs }
}

function own(row: number, lane: LaneName, word: 'invalid' | 'skipped', { message, hint }: Words): Outcome {
  return {
    row,
    lane,
    result: word,
    status: word,
    message,
    hint,
    warnings: [],
    sideEffects: [],
    attempts: 0,
    finishedAt: new Date().toISOString(),
  }
}
