import type { Json } from '../model.ts'
import { plainCell } from './plain-cell.ts'
import { isNoDay, isWordForNoValue, isWrittenForNothing } from './words-for-nothing.ts'

/** A text of a column that looks like nothing, and the rows that hold it. */
export interface Lookalike {
  readonly text: string
  readonly rows: number
}

/**
 * Watches a column for words that look like nothing: what databases and spreadsheets write for it (dates of zeros among
 * them), and signs alone, in any column; words (`none`, `n/a`, `unknown`) where most other values have a digit or an @, as
 * a status or a name may be such a word. Cheap, and bounded: beyond 50 such texts of a column, no further one is counted.
 */
export class LookalikeWatch {
  readonly #empty: ReadonlySet<string>
  readonly #rows = new Map<string, number>()
  /** Values that are none, with a digit or an @ and without. */
  #shaped = 0
  #worded = 0

  /** `empty`: texts that the plan names as empty. */
  constructor(empty: readonly string[] = []) {
    this.#empty = new Set(empty)
  }

  see(seen: string): void {
    const cell = seen.length > LONGEST && seen.endsWith(' ') ? seen.trimEnd() : seen
    const first = cell.charCodeAt(0)
    // Mostly a number, a date or an id.
    if (first >= 48 && first <= 57 && !isNoDay(cell)) this.#shaped += 1
    else if (cell.length > LONGEST) this.#count(cell)
    else if (!isWordForNoValue(cell) && !isNoDay(cell)) this.#count(cell)
    else this.#note(seen)
  }

  /** Most rows first; of as many, the one that was met first. */
  found(): readonly Lookalike[] {
    const isShaped = this.#shaped > this.#worded
    return Array.from(this.#rows, ([text, rows]) => ({ text, rows }))
      .filter(({ text }) => isShaped || isWritten(text.trim()))
      .toSorted((a, b) => b.rows - a.rows)
  }

  /** What it has seen, for another one to go on from. */
  snapshot(): Json {
    return [this.#shaped, this.#worded, ...this.#rows]
  }

  restore(seen: Json): void {
    const [shaped, worded, ...rows] = seen as unknown as [number, number, ...[string, number][]]
    this.#shaped = shaped
    this.#worded = worded
    this.#rows.clear()
    for (const [text, met] of rows) this.#rows.set(text, met)
  }

  /** Takes in what another one has seen of other rows. Beyond 50 texts, which of them are counted may differ. */
  absorb(seen: Json): void {
    const [shaped, worded, ...rows] = seen as unknown as [number, number, ...[string, number][]]
    this.#shaped += shaped
    this.#worded += worded
    for (const [text, met] of rows) this.#add(text, met)
  }

  #note(cell: string): void {
    // With what pads it, as lists of fixed width do: a plan names a cell's whole text.
    const text = plainCell(cell)
    if (typeof text === 'string' && !this.#empty.has(cell) && !this.#empty.has(text)) this.#add(text, 1)
  }

  #add(text: string, rows: number): void {
    const known = this.#rows.get(text)
    if (known !== undefined) this.#rows.set(text, known + rows)
    else if (this.#rows.size < MOST_TEXTS) this.#rows.set(text, rows)
  }

  #count(cell: string): void {
    if (cell === '') return
    if (hasShape(cell)) this.#shaped += 1
    else this.#worded += 1
  }
}

/** Whether it is no word that a status or a name may be. */
function isWritten(text: string): boolean {
  return isWrittenForNothing(text) || isNoDay(text) || !/[\p{L}\p{N}]/u.test(text)
}

/** How a plan makes these texts empty. */
export function emptyRule(texts: readonly string[]): string {
  return `rows: { empty: [${texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ')}] }`
}

/** Whether it has a digit or an @; a loop, as a pattern takes longer and this is asked of most cells of a file. */
function hasShape(cell: string): boolean {
  for (let at = 0; at < cell.length; at++) {
    const code = cell.charCodeAt(at)
    if ((code >= 48 && code <= 57) || code === 64) return true
  }
  return false
}

const LONGEST = 40
const MOST_TEXTS = 50
