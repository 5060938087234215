import type { PassedOver } from '../../model.ts'

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
