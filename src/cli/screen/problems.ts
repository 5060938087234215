import { formatCount, plural } from '../../words.ts'

/** Something that several rows met. */
export interface ShownProblem {
  readonly rows: number
  /** Where it was met first: `row 5 (line 6)`. */
  readonly first?: string
  /** Where it was met, if one row alone met it and that is to stand in the place of the count. */
  readonly alone?: string
  readonly message: string
  /** What else there is to say of it: other places, what to do. */
  readonly notes?: readonly string[]
}

export interface ProblemListOptions {
  /** What rows are: members, in a verification. */
  readonly unit?: string
  /** So many are shown, */
  readonly most?: number
  /** and for the rest it is said where they are. */
  readonly rest?: (more: number) => string
}

/** A list of problems below each other, each with how many rows met it. */
export function problemLines(problems: readonly ShownProblem[], options: ProblemListOptions = {}): string[] {
  const { unit = 'row', most = problems.length, rest } = options
  const more = problems.length - most
  return [
    ...problems.slice(0, most).flatMap((problem) => [titleOf(problem, unit), ...notesOf(problem)]),
    ...(more > 0 && rest !== undefined ? [`  ${rest(more)}`] : []),
  ]
}

/** What row it is, as problems name the first of several. */
export function rowName(row: number): string {
  return `row ${formatCount(row)}`
}

function titleOf({ rows, first, alone, message }: ShownProblem, unit: string): string {
  if (alone !== undefined) return `  ${alone}: ${message}`
  const where = first === undefined ? '' : `, the first is ${first}`
  return `  ${plural(rows, unit)}${where}: ${message}`
}

function notesOf({ notes = [] }: ShownProblem): string[] {
  return notes.map((note) => `      ${note}`)
}

/** Says that the rest stands in summary.json. */
export function restInSummary(more: number): string {
  return `and ${formatCount(more)} more, in summary.json`
}
