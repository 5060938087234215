import { brotliDecompressSync, unzipSync } from 'node:zlib'

/**
 * The text of a reply that was packed, though we ask for plain ones: some gateways pack all the same. A small one may unpack
 * into more than there is memory, so it ends at `most` bytes.
 * Throws a RangeError where it is longer, and whatever zlib says of what cannot be unpacked.
 */
export function unpackReply(body: Uint8Array, contentEncoding: string, most: number): string {
  const limit = { maxOutputLength: most }
  let bytes = body
  // They stand in the order in which they were applied.
  for (const encoding of contentEncoding.toLowerCase().split(',').toReversed()) {
    bytes = encoding.trim() === 'br' ? brotliDecompressSync(bytes, limit) : unzipSync(bytes, limit)
  }
  return new TextDecoder().decode(bytes)
}
