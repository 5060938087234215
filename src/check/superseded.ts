import { GrowingWords } from './growing-words.ts'
import type { Taken } from './member-match.ts'

/**
 * Which rows a later one repeats. Rows that repeat each other are known by the first of them. Takes 4 bytes a row up to the
 * last one that is repeated, and none where none is.
 */
export class Superseded {
  /** By the first of rows that repeat each other, the latest so far. */
  readonly #latest = new GrowingWords()
  /** By row, the next that repeats it; when settled, the one that stays. */
  readonly #by = new GrowingWords()
  /** By a row that is not sent, the row that is sent first of those that would have relied on it. */
  readonly #instead = new GrowingWords()

  /** The row repeats those that are known by these. */
  note(firsts: readonly number[], row: number): void {
    for (const first of firsts) {
      const before = this.#latest.at(first)
      this.#by.set(before === 0 ? first : before, row)
      this.#latest.set(first, row)
    }
  }

  /** To be called when all rows were noted, up to this one. Backwards, so that all later ones are settled. */
  settle(last: number): void {
    for (let row = last; row > 0; row--) {
      const next = this.#by.at(row)
      if (next !== 0) this.#by.set(row, this.#by.at(next) === 0 ? next : this.#by.at(next))
    }
  }

  /** The row that is sent in the place of this one; 0 where it is sent itself. */
  by(row: number): number {
    return this.#by.at(row)
  }

  /** What an earlier row asks for this one, where such a row is sent; else this row is the one from now on. */
  sentFor(taken: Taken | undefined, row: number): Taken | undefined {
    if (taken === undefined || this.by(taken.row) === 0) return taken
    const instead = this.#instead.at(taken.row)
    if (instead === 0) this.#instead.set(taken.row, row)
    return instead === 0 ? undefined : { ...taken, row: instead }
  }
}
