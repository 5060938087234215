import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { UsageError } from '../model.ts'
import type { Pieces } from './pieces.ts'

/** How far a file is read, in bytes; the total is undefined where it is not known. */
export interface Progress {
  readonly bytesRead: number
  readonly bytesTotal: number | undefined
}

/** The first stage: a file's bytes as they are. */
export interface Bytes {
  /** Each at most `PIECE_BYTES` long. */
  readonly pieces: Pieces
  progress(): Progress
  /** Closes the file, or destroys the stream. Twice is fine. What is read after it rejects. */
  close(): Promise<void>
}

/** A piece is also what one chunk of rows comes from: some hundreds of rows. */
export const PIECE_BYTES = 64 * 1024

/** Opens a path, or takes over a Readable. Throws UsageError where there is no such file or it cannot be read. */
export async function openBytes(input: string | Readable): Promise<Bytes> {
  const opened = typeof input === 'string' ? await openFile(input) : openReadable(input)
  let bytesRead = 0
  let closed: Promise<void> | undefined
  async function* count(): Pieces {
    for (;;) {
      if (closed !== undefined) throw new Error('The source is closed.')
      const piece = await opened.read()
      if (piece === undefined) return
      bytesRead += piece.length
      yield piece
    }
  }
  return {
    pieces: count(),
    progress: () => ({ bytesRead, bytesTotal: opened.bytesTotal }),
    close: () => (closed ??= opened.close()),
  }
}

interface Opened {
  /** The next bytes; undefined at the end. */
  read(): Promise<Buffer | undefined>
  readonly bytesTotal: number | undefined
  close(): Promise<void>
}

async function openFile(path: string): Promise<Opened> {
  const file = await openForReading(path)
  const stat = await file.stat()
  if (stat.isDirectory()) {
    await file.close()
    throw new UsageError(`${path} is a folder; a file of members was expected.`)
  }
  const readNext = async () => {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, null)
    return bytesRead === 0 ? undefined : buffer.subarray(0, bytesRead)
  }
  let ahead: Promise<Buffer | undefined> | undefined
  return {
    bytesTotal: stat.isFile() ? stat.size : undefined,
    // The next piece is on its way while this one is worked on.
    async read() {
      const piece = await (ahead ?? readNext())
      ahead = piece === undefined ? undefined : readNext()
      // Whether it failed is told to who asks for it, if anybody does.
      ahead?.catch(() => undefined)
      return piece
    },
    close: () => file.close(),
  }
}

async function openForReading(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') throw new UsageError(`There is no file ${path}. Check the path.`, { cause: error })
    if (code === 'EACCES') throw new UsageError(`${path} may not be read. Check its permissions.`, { cause: error })
    throw error
  }
}

function openReadable(input: Readable): Opened {
  const chunks: AsyncIterator<unknown> = input[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)
  return {
    bytesTotal: undefined,
    async read() {
      while (rest.length === 0) {
        const next = await chunks.next()
        if (next.done) return undefined
        rest = toBuffer(next.value)
      }
      const piece = rest.subarray(0, PIECE_BYTES)
      rest = rest.subarray(PIECE_BYTES)
      return piece
    },
    // Not chunks.return(): it would wait behind a read that waits for input.
    async close() {
      input.destroy()
    },
  }
}

function toBuffer(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk
  if (chunk instanceof Uint8Array || typeof chunk === 'string') return Buffer.from(chunk)
  throw new TypeError('The stream gives neither bytes nor text.')
}
