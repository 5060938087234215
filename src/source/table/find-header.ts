import { isDatum } from '../header-notes.ts'
import { isCommentAbove } from './comments.ts'
import { RULE_CELL } from './furniture-words.ts'

/** A row of a file's beginning. */
export interface FirstRow {
  readonly cells: readonly string[]
  readonly line: number
}

/** So many rows are looked through for a header. */
const MOST_ABOVE = 20
/** So many rows are looked at. */
export const ROWS_LOOKED_AT = 50

/**
 * Finds the header below a title, below what a report says of itself, or below a row of groups (`Member,,Contact,`): the place
 * of the first row that names most columns, with rows below that hold data where it has names. 0 where the first row may
 * well be the header: in doubt no row is passed over. Rows without anything in them are to be left out.
 */
export function findHeader(rows: readonly FirstRow[]): number {
  const widths = rows.map(({ cells }) => cells.findLastIndex((cell) => cell.trim() !== '') + 1)
  for (let at = 1; at < Math.min(rows.length - 1, MOST_ABOVE + 1); at++) {
    const width = widths[at] ?? 0
    const isBelow = rows.slice(0, at).every(({ cells }, above) => isNoHeader(cells, widths[above] ?? 0, rows, at))
    if (!isBelow || width < 2) continue
    const names = rows[at]?.cells ?? []
    if (isHeader(names, recordsOf(rows.slice(at + 1, ROWS_LOOKED_AT), names))) return at
  }
  return 0
}

/** Rows without comments, and without the header where it comes again, as InfluxDB's tables stand one below the other. */
export function recordsOf(rows: readonly FirstRow[], header: readonly string[]): readonly FirstRow[] {
  return rows.filter(({ cells }) => !isCommentAbove(cells[0]?.trim() ?? '') && !isSame(cells, header))
}

function isSame(cells: readonly string[], others: readonly string[]): boolean {
  return cells.length === others.length && cells.every((cell, at) => cell === others[at])
}

/** A row that names at most half of the columns, or groups of them again and again, or that is shorter than all those that follow from `at` on. */
function isNoHeader(cells: readonly string[], width: number, rows: readonly FirstRow[], at: number): boolean {
  const filled = new Set(cells.map((cell) => cell.trim()).filter((cell) => cell !== '')).size
  const below = rows.slice(at)
  const columns = below[0]?.cells.length ?? 0
  const named = below[0]?.cells.filter((cell) => cell.trim() !== '').length ?? 0
  const first = cells[0]?.trim() ?? ''
  if (filled * 2 <= named || isCommentAbove(first)) return true
  // What says of the file when and whence it is: `HDR,20261101,CRM`.
  if (FILE_HEAD.test(first) && cells.some((cell) => isDatum(cell) || NUMBER.test(cell))) return true
  return (
    below.length > 2 && width < columns && cells.length < columns && below.every((row) => row.cells.length === columns)
  )
}

/** All of its cells but a few have names, each another, and none is a member's; below one of them at least stands data alone. */
export function isHeader(cells: readonly string[], below: readonly FirstRow[]): boolean {
  const names = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  const isNaming =
    names.length > 1 &&
    new Set(names).size === names.length &&
    !names.some((name) => isDatum(name) || NUMBER.test(name))
  if (!isNaming || below.length === 0) return false
  return cells.some((name, column) => {
    if (name.trim() === '' || DATA.test(name)) return false
    const values = below.map((row) => row.cells[column]?.trim() ?? '').filter((value) => value !== '' && !isRule(value))
    return values.length > 0 && values.filter((value) => DATA.test(value)).length >= values.length * MOSTLY
  })
}

/** Dashes that stand between a header and its rows. */
function isRule(value: string): boolean {
  return value.length > 1 && RULE_CELL.test(value)
}

const FILE_HEAD = /^(?:hdr|head|header|fh)$/i
/** What names of columns seldom hold, and ids, phones, dates and e-mails do. */
const DATA = /[\d@]/
const NUMBER = /^[-+]?[\d.,\s]+$/
const MOSTLY = 0.8
