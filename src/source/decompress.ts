import { Readable, pipeline } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import unbzip2 from 'unbzip2-stream'
import { UsageError } from '../model.ts'
import type { Compression } from './file-kind.ts'
import { PIECE_BYTES } from './open-bytes.ts'
import type { Pieces } from './pieces.ts'

/** Unpacks as it goes, several members or frames one after another. Rejects with UsageError where the data is broken. */
export async function* decompress(pieces: Pieces, compression: Compression, name: string): Pieces {
  try {
    yield* compression === 'bzip2' ? unpackBzip2(pieces) : unpackWithNode(pieces, compression)
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

async function* unpackWithNode(pieces: Pieces, compression: 'gzip' | 'zstd'): Pieces {
  const make = compression === 'gzip' ? createGunzip : createZstdDecompress
  const engine = make({ chunkSize: PIECE_BYTES })
  let readError: Error | undefined
  async function* watch(): Pieces {
    try {
      yield* pieces
    } catch (error) {
      readError = error instanceof Error ? error : new Error(String(error))
      throw readError
    }
  }
  // What goes wrong comes out of the engine, to whom reads it.
  pipeline(Readable.from(watch(), { objectMode: true, highWaterMark: 1 }), engine, () => {})
  try {
    for await (const piece of engine) yield piece as Buffer
  } catch (error) {
    if (readError !== undefined) throw readError
    throw new BrokenData(error, error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR')
  }
}

async function* unpackBzip2(pieces: Pieces): Pieces {
  const engine = unbzip2()
  const done: Buffer[] = []
  let failure: Error | undefined
  engine.on('data', (piece: Buffer) => done.push(piece))
  engine.on('error', (error: Error) => (failure ??= error))
  // It works within write() and end(), so that its output is there when they return.
  const unpacked = (): Buffer[] => {
    // Its reader runs out of bytes as a TypeError; what it found wrong itself is an error of its own.
    if (failure !== undefined)
      throw new BrokenData(failure, failure instanceof TypeError || failure.message.includes('prematurely'))
    return done.splice(0)
  }
  for await (const piece of pieces) {
    engine.write(piece)
    yield* unpacked()
  }
  engine.end()
  yield* unpacked()
}
