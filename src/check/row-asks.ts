import { GrowingWords } from './growing-words.ts'
import type { Hash } from './hash-text.ts'

/**
 * What members' first rows ask, two words of a hash each: 8 bytes a row from the first one on that asks for something else
 * than all before it, and nothing where all ask for the same.
 */
export class RowAsks {
  #common: readonly [number, number] | undefined
  #differsFrom: number | undefined
  readonly #asks = new GrowingWords()

  keep(row: number, hash: Hash): void {
    const [first, second] = hash as Uint32Array & [number, number]
    if (this.#differsFrom === undefined) {
      this.#common ??= [first, second]
      if (this.#common[0] === first && this.#common[1] === second) return
      this.#differsFrom = row
    }
    this.#asks.set((row - this.#differsFrom) * 2, first)
    this.#asks.set((row - this.#differsFrom) * 2 + 1, second)
  }

  isSame(row: number, hash: Hash): boolean {
    const from = this.#differsFrom ?? Infinity
    if (row < from) return this.#common?.[0] === hash[0] && this.#common?.[1] === hash[1]
    return this.#asks.at((row - from) * 2) === hash[0] && this.#asks.at((row - from) * 2 + 1) === hash[1]
  }
}
