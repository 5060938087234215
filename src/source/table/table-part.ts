import { isDatum } from '../header-notes.ts'

/** The rows below a header that came again, with names of its own or in another order. */
export interface TablePart {
  readonly names: readonly string[]
  /** The line of its header. */
  readonly line: number
  /** Where each of the first header's columns stands in this part; -1 for what it lacks. */
  readonly places: readonly number[]
  /** Its names that the first header lacks. */
  readonly foreign: readonly string[]
}

/**
 * Reads a row as a header that comes again: `same` where it names the first one's columns in their order, however it spells
 * them. Undefined where it is a row like any other. `afterBlank`: an empty line stands above, as between the parts of a file.
 */
export function readPart(
  cells: readonly string[],
  columns: readonly string[],
  { line, afterBlank }: { line: number; afterBlank: boolean },
): 'same' | TablePart | undefined {
  const known = columns.map(nameOf)
  const names = cells.map(nameOf)
  while (names.length > 1 && names.at(-1) === '') names.pop()
  while (known.length > 1 && known.at(-1) === '') known.pop()
  if (names.length === known.length && names.every((name, index) => name === known[index])) {
    return known.some((name) => name !== '') ? 'same' : undefined
  }
  if (new Set(names).size !== names.length || names.includes('') || cells.some(isDatum)) return undefined
  const shared = names.filter((name) => known.includes(name)).length
  if (afterBlank ? shared === 0 : shared < 2 || shared * 2 < names.length) return undefined
  return {
    names: cells.slice(0, names.length),
    line,
    places: columns.map((column) => names.indexOf(nameOf(column))),
    foreign: cells.slice(0, names.length).filter((_, index) => !known.includes(names[index] ?? '')),
  }
}

/** A column's name without what differs where people and programs spell the same one: case, spaces, underscores. */
function nameOf(column: string): string {
  const plain = column.normalize('NFKC').toLowerCase()
  const name = plain.replaceAll(/[^\p{L}\p{N}]/gu, '')
  return name === '' ? plain.trim() : name
}
