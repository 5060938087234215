import { trimBlank } from './invisible.ts'
import { isWordForNothing } from './words-for-nothing.ts'

/** What to do about a cell that holds a word for nothing; undefined where it holds none, or a single letter. */
export function nothingHint(cell: string): string | undefined {
  return isWordForNothing(cell) && !/^\p{L}$/u.test(cell) ? emptyHint(cell) : undefined
}

/** How cells that hold this text are made empty. */
export function emptyHint(cell: string): string {
  const word = trimBlank(cell).replaceAll("'", "''")
  return `If it stands for nothing, let cells that hold it be empty: \`rows: { empty: ['${word}'] }\` in the plan.`
}
