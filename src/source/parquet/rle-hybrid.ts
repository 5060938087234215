/**
 * Numbers in Parquet's hybrid of runs and bit-packed groups, one after the other.
 * (https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE)
 */
export class RleHybrid {
  readonly #bytes: Uint8Array
  readonly #end: number
  readonly #width: number
  readonly #mask: number
  #at: number
  /** The value that was passed last. */
  value = 0
  /** What is left of the run, which has one value; of a packed group, whose values are read from its bits. */
  #left = 0
  #isPacked = false
  #bit = 0

  constructor(bytes: Uint8Array, { start, end, width }: { start: number; end: number; width: number }) {
    this.#bytes = bytes
    this.#at = start
    this.#end = end
    if (width > 31) throw new Error('a value of more than 31 bits')
    this.#width = width
    this.#mask = 2 ** width - 1
  }

  next(): number {
    this.passSame(1)
    return this.value
  }

  /** Passes over as many of the next values, of so many, as are the same: how many they are. `value` is what they are. */
  passSame(most: number): number {
    if (this.#left === 0) this.#readRun()
    if (!this.#isPacked) {
      const count = Math.min(this.#left, most)
      this.#left -= count
      return count
    }
    this.#left--
    this.value = this.#readBits()
    if (this.#left === 0) this.#at = Math.ceil(this.#bit / 8)
    return 1
  }

  #readRun(): void {
    const header = this.#readVarint()
    this.#isPacked = (header & 1) === 1
    if (this.#isPacked) {
      this.#left = (header >>> 1) * 8
      this.#bit = this.#at * 8
    } else {
      this.#left = header >>> 1
      this.value = 0
      for (let index = 0; index < Math.ceil(this.#width / 8); index++)
        this.value += (this.#bytes[this.#at++] ?? 0) * 2 ** (8 * index)
    }
    if (this.#left === 0) throw new Error('a run of nothing')
  }

  #readBits(): number {
    const bytes = this.#bytes
    const first = this.#bit >>> 3
    const offset = this.#bit & 7
    this.#bit += this.#width
    // What is beyond the end is undefined, and none of the value's bits.
    const low =
      (bytes[first] ?? 0) |
      ((bytes[first + 1] ?? 0) << 8) |
      ((bytes[first + 2] ?? 0) << 16) |
      ((bytes[first + 3] ?? 0) << 24)
    if (offset + this.#width <= 32) return (low >>> offset) & this.#mask
    return ((low >>> offset) | ((bytes[first + 4] ?? 0) << (32 - offset))) & this.#mask
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
