import type { DatabaseSync } from 'node:sqlite'

import type { Outcome, Warning } from '../model.ts'
import { type OutcomeTuple, fromOutcomeTuple, outcomeColumns } from './outcome-record.ts'
import { prepareTuples } from './tuples.ts'
import { ANOTHERS_ACCOUNT } from '../words.ts'

export interface SharedMembers {
  /**
   * The outcome as it is to be recorded: with a warning where a row of another member came to the same customer id.
   * `earlier`: that row's outcome, which has the same warning from now on, where it had none before.
   */
  claim(outcome: Outcome): { readonly outcome: Outcome; readonly earlier: Outcome | undefined }
}

/**
 * Sees rows of different members that come to one customer id: one of them has probably come to a member whom it does not
 * mean, and which one, nobody can tell. It is all that ever alters an outcome that is recorded: `replace` writes it.
 */
export function prepareSharedMembers(db: DatabaseSync, replace: (outcome: Outcome) => void): SharedMembers {
  const insert = db.prepare('INSERT INTO owners (customer_id, row, member) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  const find = prepareTuples<[row: number, member: number]>(
    db,
    'SELECT row, ifnull(member, row) FROM owners WHERE customer_id = ?',
  )
  const read = prepareTuples<OutcomeTuple>(
    db,
    `SELECT ${outcomeColumns} FROM outcomes WHERE row = ? AND customer_id = ? LIMIT 1`,
  )

  return {
    claim(outcome) {
      const { row, customerId, member } = outcome
      if (member === undefined || customerId === undefined) return { outcome, earlier: undefined }
      const own = member === row ? null : member
      const key = keyOf(customerId)
      if (insert.run(key, row, own).changes !== 0) return { outcome, earlier: undefined }
      const [first, whose] = find.get(key) ?? []
      if (first === undefined || first === row || whose === member) return { outcome, earlier: undefined }
      const tuple = read.get(first, customerId)
      const before = tuple && fromOutcomeTuple(tuple)
      const alarmed = before && !before.warnings.some(isShared) ? withWarning(before, row) : undefined
      if (alarmed !== undefined) replace(alarmed)
      return { outcome: withWarning(outcome, first), earlier: alarmed }
    },
  }
}

/** As `owners` has it: a number where the id reads as one. */
function keyOf(customerId: string): string | number {
  const number = Number(customerId)
  return Number.isSafeInteger(number) && String(number) === customerId ? number : customerId
}

function withWarning(outcome: Outcome, other: number): Outcome {
  const message = `${SHARED} as row "${other}"`
  return {
    ...outcome,
    status: outcome.status === 'ok' ? 'warned' : outcome.status,
    ...(outcome.code === undefined && { message, hint: COMPARE }),
    warnings: [{ message, lossy: true, grave: true }, ...outcome.warnings],
  }
}

function isShared({ message }: Warning): boolean {
  return message.startsWith(SHARED)
}

const SHARED = `${ANOTHERS_ACCOUNT}: it has the same customer id`
const COMPARE =
  'Compare both rows with the account in Member Care: they are one member, or one of them has come to somebody else’s account.'
