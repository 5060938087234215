import { Readable, pipeline } from 'node:stream'
import type { Transform } from 'node:stream'
import { constants, createGunzip, createZstdDecompress } from 'node:zlib'
import { UsageError } from '../model.ts'
import { formatBytes } from '../words.ts'
import type { Compression } from './file-kind.ts'
import { PIECE_BYTES } from './open-bytes.ts'
import { takeHead } from './pieces.ts'
import type { Pieces } from './pieces.ts'
import { unpackBzip2 } from './unpack-bzip2.ts'
import { ZSTD_HEADER_BYTES, windowOf } from './zstd-window.ts'

/** Unpacks as it goes, several members or frames one after another. Rejects with UsageError where the data is broken. */
export async function* decompress(pieces: Pieces, compression: Compression, name: string): Pieces {
  try {
    switch (compression) {
      case 'bzip2':
        yield* watched(pieces, unpackBzip2)
        return
      case 'gzip':
        yield* watched(pieces, (watching) => unpackWith(createGunzip({ chunkSize: PIECE_BYTES }), watching))
        return
      case 'zstd':
        yield* watched(pieces, (watching) => unpackZstd(watching, name))
    }
  } catch (error) {
    if (!(error instanceof BrokenData)) throw error
    const why = error.cutOff
      ? 'it ends too early, so it was probably cut off'
      : 'its checksum or its structure is wrong'
    throw new UsageError(`${name} cannot be unpacked (${compression}): ${why}. Get the file again.`, { cause: error })
  }
}

class BrokenData extends Error {
  readonly cutOff: boolean
  constructor(cause: unknown, cutOff: boolean) {
    super('the compressed data is broken', { cause })
    this.cutOff = cutOff
  }
}

/** What goes wrong with the file itself is passed on; all else is wrong with what is packed in it. */
async function* watched(pieces: Pieces, unpack: (pieces: Pieces) => Pieces): Pieces {
  let readError: Error | undefined
  const read = async () => {
    try {
      return await pieces.next()
    } catch (error) {
      readError = error instanceof Error ? error : new Error(String(error))
      throw readError
    }
  }
  // Whoever unpacks throws what is wrong with the data into what it reads from: that is no error of reading.
  async function* watch(): Pieces {
    try {
      for (let next = await read(); next.done !== true; next = await read()) yield next.value
    } finally {
      await pieces.return?.()
    }
  }
  try {
    yield* unpack(watch())
  } catch (error) {
    if (readError !== undefined) throw readError
    if (error instanceof UsageError) throw error
    // Its bits run out as a TypeError.
    throw new BrokenData(error, error instanceof TypeError || codeOf(error) === 'Z_BUF_ERROR')
  }
}

async function* unpackWith(engine: Transform, pieces: Pieces): Pieces {
  // What goes wrong comes out of the engine, to whom reads it.
  pipeline(Readable.from(pieces, { objectMode: true, highWaterMark: 1 }), engine, () => {})
  for await (const piece of engine) yield piece as Buffer
}

/**
 * A frame may look back at up to 2 GiB of what it has unpacked (`zstd --long=31`), and that much is then held. What is
 * longer than the usual limit is read as long as it is short itself.
 */
async function* unpackZstd(pieces: Pieces, name: string): Pieces {
  const { head, pieces: all } = await takeHead(pieces, ZSTD_HEADER_BYTES)
  const window = windowOf(head) ?? 0
  const isLong = window > MOST_HELD
  const params = isLong ? { [constants.ZSTD_d_windowLogMax]: 31 } : {}
  const tooLong = () =>
    new UsageError(
      `${name} is packed with a long window (zstd --long), and would take up to ${isLong ? formatBytes(window) : '2 GB'} of memory to unpack. Unpack it first with \`zstd -d --long=31\`, or pack it without --long.`,
    )
  let unpacked = 0
  try {
    for await (const piece of unpackWith(createZstdDecompress({ chunkSize: PIECE_BYTES, params }), all)) {
      unpacked += piece.length
      if (isLong && unpacked > MOST_HELD) throw tooLong()
      yield piece
    }
  } catch (error) {
    throw codeOf(error) === 'ZSTD_error_frameParameter_windowTooLarge' ? tooLong() : error
  }
}

/** What zstd itself takes unasked. */
const MOST_HELD = 2 ** 27

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
