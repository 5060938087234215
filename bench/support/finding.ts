/** What a bench found: a table, and how it compares with what was aimed at. */
export interface Finding {
  readonly title: string
  /** The first column is text, the others are figures. */
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly goals: readonly Goal[]
}

export interface Goal {
  /** What was aimed at, with its figure. */
  readonly aim: string
  readonly reached: string
  readonly met: boolean
}

/** A finding as text, to be read in a terminal or a fenced block. */
export function formatFinding({ title, columns, rows, goals }: Finding): string {
  const all = [columns, ...rows]
  const widths = columns.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const lines = all.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
  const rule = widths.map((width) => '-'.repeat(width)).join('  ')
  return [title, '', lines[0], rule, ...lines.slice(1), '', ...goals.map(formatGoal)].join('\n').trimEnd() + '\n'
}

function formatGoal({ aim, reached, met }: Goal): string {
  return `${met ? 'met   ' : 'MISSED'}  ${aim}: ${reached}`
}

/** 12,345 */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}

/** 0.83 */
export function ratio(value: number): string {
  return value.toFixed(2)
}

/** 98.4 % */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/** 123.4 MB, of a million bytes each. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

/** 12.3 s */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
