import { identifierWord } from '../plan/sieve.ts'
import type { Contradicts, Other, Same } from './member-match.ts'

/** What is said of a row that repeats another. */
export function repeats({ rows: [row], by, otherName }: Same): string {
  return by === undefined
    ? `The row repeats row ${row}, ${ofSameMember(otherName)}.`
    : `The row repeats row ${row}: it has the same ${by}${butAnotherName(otherName)}.`
}

/** What is said of a row that a later one stands for. */
export function isRepeated(by: number, otherName: boolean): string {
  return `The row is repeated by row ${by}, ${ofSameMember(otherName)}.`
}

/** What is said of a row that is of the member of another, and no repeat. */
export function asksElse({ row, by, otherName }: Other): string {
  return `The row has the same ${by} as row ${row}${butAnotherName(otherName)}, and asks for something else.`
}

/** Whoever shares a phone or an e-mail with somebody may have nothing else by which they could be told apart. */
function butAnotherName(otherName = false): string {
  return otherName ? ', but another name' : ''
}

function ofSameMember(otherName = false): string {
  return `which is of the same member${otherName ? ', but has another name' : ''}`
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
