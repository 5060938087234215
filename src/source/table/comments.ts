import { isErrorWord } from '../../outside/spreadsheet-errors.ts'

/** How rows that begin like comments are taken. */
export interface CommentRules {
  /** What the plan says that comments begin with; `none`: there are none. */
  readonly declared?: string | undefined
  /** Marks that records of this file begin with as a rule, as ids such as `#1001` do. */
  readonly usual?: readonly string[] | undefined
}

/**
 * What a row may be by what it begins with: a comment, where the plan says so, where it is one text that is too short for a
 * record, or where it is InfluxDB's annotation of a table; else one that may be a member whom somebody commented out.
 */
export function commentIn(
  cells: readonly string[],
  width: number,
  { declared, usual = [] }: CommentRules,
): 'comment' | 'maybe comment' | undefined {
  const first = (cells[0] ?? '').trimStart()
  if (declared !== undefined) return declared !== NONE && first.startsWith(declared) ? 'comment' : undefined
  if (isAnnotation(first)) return 'comment'
  const mark = markOf(first)
  if (mark === undefined || usual.includes(mark)) return undefined
  if (cells.length === 1 && width > 1) return /\s/.test(first) ? 'comment' : undefined
  return 'maybe comment'
}

/** Whether a row above a header says what it is itself: that it names no columns. */
export function isCommentAbove(first: string): boolean {
  return isAnnotation(first) || /^(?:#|--|\/\/)\s|^\/\*/.test(first)
}

/** The marks that more than half of the rows begin with, those of one text, and those whose first cell is empty, left out. */
export function usualMarks(rows: readonly { readonly cells: readonly string[] }[]): readonly string[] {
  const records = rows.filter(({ cells }) => cells.length > 1 && cells[0]?.trim() !== '')
  const marks = records.flatMap(({ cells }) => markOf((cells[0] ?? '').trimStart()) ?? [])
  return [...new Set(marks)].filter((mark) => marks.filter((each) => each === mark).length * 2 > records.length)
}

const NONE = 'none'

/** With the space behind it: ids have none there. */
function markOf(first: string): string | undefined {
  return isWordForNothing(first) ? undefined : /^(?:#|--|\/\/|\/\*) ?(?=[\p{L}\p{N}])/u.exec(first)?.[0]
}

/** `#N/A` is of a formula that failed, and `-- none --` of a form where nothing was chosen. */
function isWordForNothing(first: string): boolean {
  return isErrorWord(first.trimEnd()) || /^--.*--\s*$/.test(first)
}

/** InfluxDB writes these above each of its tables. */
function isAnnotation(first: string): boolean {
  return /^#(?:datatype|group|default|constant|timezone)(?:,|$)/.test(first)
}
