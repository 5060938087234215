import type { PassedOver } from '../../model.ts'
import { formatCount } from '../../words.ts'

/** Counts what is passed over, by kind. */
export class PassedOverCounts {
  readonly #found = new Map<PassedOver['what'], { rows: number; line: number }>()

  add(what: PassedOver['what'], line: number): void {
    const found = this.#found.get(what)
    if (found === undefined) this.#found.set(what, { rows: 1, line })
    else found.rows++
  }

  all(): readonly PassedOver[] {
    return Array.from(this.#found, ([what, { rows, line }]) => ({ what, rows, first_line: line }))
  }
}

/** The same of several files, one after the other; lines are those of the file where a kind came first. */
export function sumPassedOver(files: readonly (readonly PassedOver[])[]): readonly PassedOver[] {
  return Array.from(Map.groupBy(files.flat(), ({ what }) => what).values(), ([first, ...more]) => ({
    what: first?.what ?? 'blank',
    rows: [first, ...more].reduce((sum, each) => sum + (each?.rows ?? 0), 0),
    first_line: first?.first_line ?? 1,
  }))
}

/** One sentence for people; undefined where nothing was passed over. */
export function describePassedOver(found: readonly PassedOver[]): string | undefined {
  if (found.length === 0) return undefined
  const all = found.map(({ what, rows, first_line: line }) =>
    rows === 1 ? `${ONE[what]} (line ${line})` : `${formatCount(rows)} ${MANY[what]} (the first on line ${line})`,
  )
  const last = all.pop()
  return `Passed over, since they are no records: ${all.length === 0 ? last : `${all.join(', ')} and ${last}`}.`
}

const ONE: Readonly<Record<PassedOver['what'], string>> = {
  blank: 'a row of empty cells',
  rule: 'a row of dashes',
  header: 'the header, which comes again',
  count: 'a count of rows',
  total: 'a row of totals',
  footer: 'a line of a page’s foot',
  'end mark': 'a mark of the file’s end',
}
const MANY: Readonly<Record<PassedOver['what'], string>> = {
  blank: 'rows of empty cells',
  rule: 'rows of dashes',
  header: 'headers that come again',
  count: 'counts of rows',
  total: 'rows of totals',
  footer: 'lines of a page’s foot',
  'end mark': 'marks of the file’s end',
}
