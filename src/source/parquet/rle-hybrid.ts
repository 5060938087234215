/**
 * Numbers in Parquet's hybrid of runs and bit-packed groups, one after the other.
 * (https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE)
 */
export class RleHybrid {
  readonly #bytes: Uint8Array
  readonly #end: number
  readonly #width: number
  #at: number
  /** What is left of the run, and its value; of a packed group, its values are read from its bits. */
  #left = 0
  #value = 0
  #isPacked = false
  #bit = 0

  constructor(bytes: Uint8Array, { start, end, width }: { start: number; end: number; width: number }) {
    this.#bytes = bytes
    this.#at = start
    this.#end = end
    this.#width = width
  }

  next(): number {
    if (this.#left === 0) this.#readRun()
    this.#left--
    if (!this.#isPacked) return this.#value
    const value = this.#readBits()
    if (this.#left === 0) this.#at = Math.ceil(this.#bit / 8)
    return value
  }

  #readRun(): void {
    const header = this.#readVarint()
    this.#isPacked = (header & 1) === 1
    if (this.#isPacked) {
      this.#left = (header >>> 1) * 8
      this.#bit = this.#at * 8
    } else {
      this.#left = header >>> 1
      this.#value = 0
      for (let index = 0; index < Math.ceil(this.#width / 8); index++)
        this.#value += (this.#bytes[this.#at++] ?? 0) * 2 ** (8 * index)
    }
    if (this.#left === 0) throw new Error('a run of nothing')
  }

  #readBits(): number {
    let value = 0
    let taken = 0
    while (taken < this.#width) {
      const offset = this.#bit & 7
      const count = Math.min(8 - offset, this.#width - taken)
      const bits = ((this.#bytes[this.#bit >>> 3] ?? 0) >>> offset) & ((1 << count) - 1)
      value += bits * 2 ** taken
      taken += count
      this.#bit += count
    }
    return value
  }

  #readVarint(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      if (this.#at >= this.#end) throw new Error('a run ends too early')
      const byte = this.#bytes[this.#at++] ?? 0
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }
}
