import { identifierWord } from '../plan/sieve.ts'
import type { Contradicts, Same } from './member-memory.ts'

/** What is said of a row that repeats another. */
export function repeats({ rows: [row], by }: Same): string {
  return by === undefined
    ? `The row repeats row ${row}, which is of the same member.`
    : `The row repeats row ${row}: it has the same ${by}.`
}

/** What is said of a row that repeats another by some identifiers and contradicts it by others. */
export function contradiction({ row, by, but }: Contradicts): string {
  return `The row has the same ${words(by)} as row ${row}, but another ${words(but)}.`
}

/** What can be done about that. */
export const SHARED_HINT =
  'If one of them is wrong, mend it. If both are right, as in a family with one e-mail, empty the cell in one of the rows. ' +
  '`duplicates: all` sends the row as it is.'

function words(types: readonly string[]): string {
  const all = types.map(identifierWord).toSorted((a, b) => Number(a === 'id') - Number(b === 'id'))
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}
