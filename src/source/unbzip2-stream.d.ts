/** The parts that the package's own stream is made of; its typings know the stream alone. */

declare module 'unbzip2-stream/lib/bit_iterator.js' {
  interface BitReader {
    (count: number): number
    readonly bytesRead: number
  }
  /** Reads bits from buffers that are asked for one by one; asked for one more than there are, it throws a TypeError. */
  export default function bitIterator(nextBuffer: () => Buffer | undefined): BitReader
}

declare module 'unbzip2-stream/lib/bzip2.js' {
  import type bitIterator from 'unbzip2-stream/lib/bit_iterator.js'
  type BitReader = ReturnType<typeof bitIterator>
  const bzip2: {
    /** A member's block size, from 1 to 9. */
    header(bits: BitReader): number
    /** Unpacks a block, byte by byte; gives the stream's checksum so far, or null behind the last block. */
    decompress(
      bits: BitReader,
      write: (byte: number) => void,
      buffer: Int32Array,
      length: number,
      checksum: number,
    ): number | null
  }
  export default bzip2
}
