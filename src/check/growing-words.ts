/** Words of 32 bits by their place; those that were not set are 0. It grows by blocks, and so is never copied. */
export class GrowingWords {
  readonly #blocks: Uint32Array[] = []

  at(index: number): number {
    return this.#blocks[index >>> BLOCK_BITS]?.[index & (BLOCK - 1)] ?? 0
  }

  set(index: number, word: number): void {
    const which = index >>> BLOCK_BITS
    while (this.#blocks.length <= which) this.#blocks.push(new Uint32Array(BLOCK))
    const block = this.#blocks[which] as Uint32Array
    block[index & (BLOCK - 1)] = word
  }
}

const BLOCK_BITS = 16
const BLOCK = 1 << BLOCK_BITS
