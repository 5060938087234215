import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { UsageError } from '../model.ts'

/** A file's bytes, pulled piece by piece: nothing is read before it is asked for. */
export interface Bytes {
  /** The next bytes, at most `PIECE_BYTES`; undefined at the end. */
  read(): Promise<Buffer | undefined>
  readonly progress: { readonly bytesRead: number; readonly bytesTotal: number | undefined }
  /** sha256 of all the bytes, hex; undefined before the end was read. */
  sha256(): string | undefined
  close(): Promise<void>
}

/** A piece is also what one chunk of rows comes from: some hundreds of rows. */
const PIECE_BYTES = 64 * 1024

/** Opens a path, or takes over a Readable. Throws UsageError where there is no such file or it cannot be read. */
export async function openBytes(input: string | Readable): Promise<Bytes> {
  const pieces = typeof input === 'string' ? await openFile(input) : openReadable(input)
  const hash = createHash('sha256')
  let bytesRead = 0
  let digest: string | undefined
  let closed: Promise<void> | undefined
  return {
    async read() {
      if (closed !== undefined) throw new Error('The source is closed.')
      if (digest !== undefined) return undefined
      const piece = await pieces.read()
      if (piece === undefined) digest = hash.digest('hex')
      else {
        hash.update(piece)
        bytesRead += piece.length
      }
      return piece
    },
    get progress() {
      return { bytesRead, bytesTotal: pieces.bytesTotal }
    },
    sha256: () => digest,
    close: () => (closed ??= pieces.close()),
  }
}

type Pieces = Pick<Bytes, 'read' | 'close'> & { readonly bytesTotal: number | undefined }

async function openFile(path: string): Promise<Pieces> {
  const file = await openForReading(path)
  const stat = await file.stat()
  if (stat.isDirectory()) {
    await file.close()
    throw new UsageError(`${path} is a folder; a CSV or JSON Lines file was expected.`)
  }
  return {
    bytesTotal: stat.isFile() ? stat.size : undefined,
    async read() {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, null)
      return bytesRead === 0 ? undefined : buffer.subarray(0, bytesRead)
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

function openReadable(input: Readable): Pieces {
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
