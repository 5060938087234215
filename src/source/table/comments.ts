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
  const mark = markOf(first)
  if (mark === undefined || usual.includes(mark)) return undefined
  return isAnnotation(first) || (cells.length === 1 && width > 1) ? 'comment' : 'maybe comment'
}

/** Whether a row above a header says what it is itself: that it names no columns. */
export function isCommentAbove(first: string): boolean {
  return isAnnotation(first) || /^(?:#|--|\/\/)\s|^\/\*/.test(first)
}

/** The marks that more than half of the rows begin with, those of one text left out. */
export function usualMarks(rows: readonly { readonly cells: readonly string[] }[]): readonly string[] {
  const records = rows.filter(({ cells }) => cells.length > 1)
  const marks = records.flatMap(({ cells }) => markOf((cells[0] ?? '').trimStart()) ?? [])
  return [...new Set(marks)].filter((mark) => marks.filter((each) => each === mark).length * 2 > records.length)
}

const NONE = 'none'

/** With the space behind it: ids have none there. */
function markOf(first: string): string | undefined {
  return /^(?:#|--|\/\/|\/\*) ?/.exec(first)?.[0]
}

/** InfluxDB writes these above each of its tables. */
function isAnnotation(first: string): boolean {
  return /^#(?:datatype|group|default|constant|timezone)(?:,|$)/.test(first)
}
