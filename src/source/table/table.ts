import type { SourceRow } from '../../model.ts'
import { type CommentRules, commentIn } from './comments.ts'
import { type DoubtfulFurniture, furnitureOf, isDoubtful, mayBeginFurniture } from './furniture.ts'
import { isType } from './furniture-words.ts'
import { PassedOverCounts } from './passed-over.ts'
import { Starts } from './starts.ts'
import { readPart } from './table-part.ts'
import type { TablePart } from './table-part.ts'

/** A row of cells, before it is known whether it is a record. */
export interface TableLine {
  readonly line: number
  /** An empty line stands above it. */
  readonly afterBlank: boolean
}

/**
 * Tells the records of a table from what else stands in it, which is passed over and counted. Where a header comes again with
 * other names, the rows below are read under it: in the columns of the first header, or with a problem where they have others.
 */
export class Table {
  readonly columns: readonly string[]
  readonly passed = new PassedOverCounts()
  readonly #starts: Starts
  #part: TablePart | undefined
  /** Rows of labels that are still to come, right below the header. */
  #labels: number
  /** What the row that was looked at last may be instead of a record. */
  #doubt: DoubtfulFurniture | undefined
  readonly #comments: CommentRules

  /** `labels`: as `countLabels` has them. */
  constructor(columns: readonly string[], { labels = 0, comments = {} }: TableTraits = {}) {
    this.columns = columns
    this.#comments = comments
    this.#labels = labels
    this.#starts = new Starts(columns)
  }

  /** The header of the rows that come now. */
  get header(): readonly string[] {
    return this.#part?.names ?? this.columns
  }

  /** The rows that come now stand under the first header. */
  get isPlain(): boolean {
    return this.#part === undefined
  }

  /**
   * What a row of cells is: a record as it stands, one to `arrange`, or none, which is counted. To be asked of each row, in
   * the file's order.
   */
  read(cells: readonly string[], place: TableLine): 'plain' | 'special' | 'none' {
    const isOrdinary =
      this.#part === undefined &&
      this.#labels === 0 &&
      cells.length === this.columns.length &&
      !this.#isWorthALook(cells)
    return isOrdinary ? 'plain' : this.#look(cells, place)
  }

  /** A special row as it stands under the first header, with what is wrong with it. `cells`: the record's own. */
  arrange(row: SourceRow, cells: readonly string[]): SourceRow {
    const part = this.#part
    const doubt = this.#doubt === undefined ? undefined : `line ${row.line}: ${DOUBTS[this.#doubt]}`
    const problem = row.problem ?? doubt ?? (part === undefined ? undefined : foreignProblem(row.line, part))
    const input = part === undefined ? row.input : underFirst(cells, part)
    return problem === undefined ? { ...row, input } : { ...row, input, problem, raw: row.raw ?? JSON.stringify(cells) }
  }

  #isWorthALook(cells: readonly string[]): boolean {
    const [first = '', second] = cells
    if (this.#starts.has(first) || mayBeginFurniture(first) || isType(first)) return true
    return second === '' && cells.every((cell, index) => index === 0 || cell === '')
  }

  /** A row as wide as those above it is a header only where it begins like one of its names, a page's with a form feed before. */
  #mayBeHeader(cells: readonly string[]): boolean {
    const first = cells[0] ?? ''
    const start = first.startsWith('\f') ? first.slice(1) : first
    return this.#part !== undefined || cells.length !== this.columns.length || this.#starts.has(start)
  }

  /** A header may begin like a comment: `#id`. */
  #commentIn(cells: readonly string[], place: TableLine): 'comment' | 'maybe comment' | undefined {
    const comment = commentIn(cells, this.columns.length, this.#comments)
    const isHeader = comment !== undefined && readPart(cells, this.columns, place) === 'same'
    return isHeader ? undefined : comment
  }

  #look(cells: readonly string[], place: TableLine): 'plain' | 'special' | 'none' {
    const known = furnitureOf(cells, this.columns.length)
    const comment = known === undefined || isDoubtful(known) ? this.#commentIn(cells, place) : undefined
    const what = comment ?? known
    if (this.#labels > 0 && (what === undefined || isDoubtful(what))) {
      this.#labels -= 1
      this.passed.add('labels', place.line)
      return 'none'
    }
    this.#doubt = isDoubtful(what) ? what : undefined
    if (isDoubtful(what)) return 'special'
    if (what !== undefined) {
      this.passed.add(what, place.line)
      return 'none'
    }
    const part = this.#mayBeHeader(cells) ? readPart(cells, this.columns, place) : undefined
    if (part === undefined) return this.#part === undefined ? 'plain' : 'special'
    this.passed.add('header', place.line)
    this.#part = part === 'same' ? undefined : part
    return 'none'
  }
}

/** What is known of a table before its rows come. */
export interface TableTraits {
  readonly labels?: number | undefined
  readonly comments?: CommentRules | undefined
}

function underFirst(cells: readonly string[], { places }: TablePart): SourceRow['input'] {
  return { kind: 'cells', cells: places.map((place) => cells[place] ?? '') }
}

const DOUBTS = {
  'maybe comment':
    'the row begins as a comment does, and may be a member whom somebody has commented out, so it was neither passed over nor sent. ' +
    'Say in the plan which it is: `rows: { comment: "#" }`, with what comments begin with, passes such rows over, and ' +
    '`rows: { comment: none }` takes them for records.',
  'maybe total':
    'the row may be a total (a word for it, and numbers alone) or a member, so it was neither passed over nor sent. ' +
    'Delete it, or give the member a value that no total has, as an e-mail.',
  'maybe note':
    'the row holds one text of several words and nothing else, as a note below a table does, so it was neither passed over nor sent. ' +
    'Delete it, or give the member another value.',
} as const

function foreignProblem(line: number, part: TablePart): string | undefined {
  if (part.foreign.length === 0) return undefined
  const names = part.foreign.map((name) => JSON.stringify(name)).join(', ')
  return (
    `line ${line}: the row stands under another header (line ${part.line}), with ${names} besides the columns of the first one. ` +
    'Put each part into a file of its own, or all under one header (as `mlr unsparsify` does).'
  )
}
