import readBits from 'unbzip2-stream/lib/bit_iterator.js'
import bzip2 from 'unbzip2-stream/lib/bzip2.js'
import { PIECE_BYTES } from './open-bytes.ts'
import type { Pieces } from './pieces.ts'

/**
 * Unpacks bzip2 block by block: the library's own stream keeps all that it has unpacked of a piece, and each byte of it as
 * a number, so that a file of a kilobyte could fill the memory. A block unpacks to 46 MB at most. Throws a TypeError where the data ends too early, and
 * the library's errors where it is broken.
 */
export async function* unpackBzip2(pieces: Pieces): Pieces {
  const input: Buffer[] = []
  let bytes = 0
  let blockSize = 0
  let checksum: number | null = null
  let bits: ReturnType<typeof readBits> | undefined

  /** Reads a member's header, a block, or a member's end. */
  function step(reader: ReturnType<typeof readBits>): Buffer[] {
    if (blockSize === 0) {
      blockSize = bzip2.header(reader)
      checksum = 0
      return []
    }
    const length = 100_000 * blockSize
    const unpacked = new PieceWriter()
    checksum = bzip2.decompress(reader, (byte) => unpacked.write(byte), new Int32Array(length), length, checksum ?? 0)
    if (checksum === null) blockSize = 0
    return unpacked.end()
  }

  for await (const piece of pieces) {
    input.push(piece)
    bytes += piece.length
    bits ??= readBits(() => input.shift())
    // What is too little for a block of that size waits for more: the library cannot stop within one.
    while (bytes - bits.bytesRead + 1 >= (blockSize === 0 ? HEADER_BYTES : PACKED_SLACK + 100_000 * blockSize)) {
      yield* step(bits)
    }
  }
  while (bits !== undefined && bytes > bits.bytesRead) yield* step(bits)
  if (checksum !== null) throw new TypeError('the data ends before the last block')
}

const HEADER_BYTES = 4
/** A block that cannot be made smaller grows by its tables. */
const PACKED_SLACK = 25_000

/** Gathers bytes in pieces. */
class PieceWriter {
  readonly #done: Buffer[] = []
  #piece = Buffer.allocUnsafe(PIECE_BYTES)
  #length = 0

  write(byte: number): void {
    if (this.#length === PIECE_BYTES) {
      this.#done.push(this.#piece)
      this.#piece = Buffer.allocUnsafe(PIECE_BYTES)
      this.#length = 0
    }
    this.#piece[this.#length++] = byte
  }

  end(): Buffer[] {
    return [...this.#done, this.#piece.subarray(0, this.#length)].filter((piece) => piece.length > 0)
  }
}
