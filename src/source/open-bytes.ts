import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { UsageError } from '../model.ts'
import { type FileStamp, InputChanged, refuseChange } from './file-stamp.ts'
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
  /** The file as it was opened; undefined of a stream. */
  readonly stamp: FileStamp | undefined
  /** Rejects with InputChanged where the file is no longer that: for who reads it by another way than `pieces`. */
  refuseChange(): Promise<void>
  /** sha256 of all bytes, hex. Reads what nobody has read as yet; rejects with InputChanged. Undefined unless asked for. */
  readHash(): Promise<string | undefined>
  /** How many bytes were given by now, and their sha256. Undefined unless the hash was asked for. */
  readSoFar(): { readonly bytes: number; readonly sha256: string } | undefined
  /** Closes the file, or destroys the stream. Twice is fine. What is read after it rejects. */
  close(): Promise<void>
}

/** A piece is also what one chunk of rows comes from: some hundreds of rows. */
export const PIECE_BYTES = 64 * 1024

/** A file's bytes, in pieces, from its beginning. It is opened once it is read, and closed where reading ends. */
export async function* piecesOf(path: string): Pieces {
  yield* createReadStream(path, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>
}

export interface BytesOptions {
  /** What messages call the file; its path unless given. */
  readonly name?: string | undefined
  /** The file as it was opened before: another one is refused. */
  readonly stamp?: FileStamp | undefined
  /** Whether `readHash` will be asked. */
  readonly hash?: boolean | undefined
}

/**
 * Opens a path, or takes over a Readable. Throws UsageError where there is no such file or it cannot be read. Each piece
 * of a file is from before anybody changed it: from then on, reading rejects with InputChanged.
 */
export async function openBytes(input: string | Readable, options: BytesOptions = {}): Promise<Bytes> {
  const opened = typeof input === 'string' ? await openFile(input, options) : openReadable(input)
  const hash = options.hash === true ? createHash('sha256') : undefined
  let bytesRead = 0
  let closed: Promise<void> | undefined
  async function take(): Promise<Buffer | undefined> {
    if (closed !== undefined) throw new Error('The source is closed.')
    const piece = await opened.read()
    if (piece === undefined) return undefined
    bytesRead += piece.length
    hash?.update(piece)
    return piece
  }
  async function* takeAll(): Pieces {
    for (let piece = await take(); piece !== undefined; piece = await take()) yield piece
  }
  return {
    pieces: takeAll(),
    progress: () => ({ bytesRead, bytesTotal: opened.bytesTotal }),
    stamp: opened.stamp,
    refuseChange: opened.refuseChange,
    async readHash() {
      if (hash === undefined) return undefined
      // What unpacks may know its end before the file's.
      while ((await take()) !== undefined);
      await opened.refuseChange()
      return hash.copy().digest('hex')
    },
    readSoFar: () => (hash === undefined ? undefined : { bytes: bytesRead, sha256: hash.copy().digest('hex') }),
    close: () => (closed ??= opened.close()),
  }
}

interface Opened {
  /** The next bytes; undefined at the end. */
  read(): Promise<Buffer | undefined>
  readonly bytesTotal: number | undefined
  readonly stamp: FileStamp | undefined
  refuseChange(): Promise<void>
  close(): Promise<void>
}

async function openFile(path: string, { name = path, stamp: known }: BytesOptions): Promise<Opened> {
  const file = await openForReading(path)
  const { stamp, isFile } = await lookAt(file, path).catch(async (error: unknown) => {
    await file.close()
    throw error
  })
  // Devices and pipes change by being read.
  const refuse = isFile ? () => refuseChange(known ?? stamp, { path, file, name }) : () => Promise.resolve()
  const readNext = async () => {
    const { bytesRead, buffer } = await file
      .read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, null)
      .catch((error: unknown) => {
        throw new InputChanged(`${name} cannot be read any further (${messageOf(error)}).`, { cause: error })
      })
    await refuse()
    return bytesRead === 0 ? undefined : buffer.subarray(0, bytesRead)
  }
  let ahead: Promise<Buffer | undefined> | undefined
  return {
    bytesTotal: isFile ? stamp.size : undefined,
    stamp: isFile ? stamp : undefined,
    refuseChange: refuse,
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

async function lookAt(file: FileHandle, path: string): Promise<{ stamp: FileStamp; isFile: boolean }> {
  const stat = await file.stat()
  if (stat.isDirectory()) {
    throw new UsageError(
      `${path} is a folder; a file of members was expected. Files of one table are imported together by a pattern, as in '${join(path, '*.csv')}'.`,
    )
  }
  const { size, mtimeMs, dev, ino } = stat
  return { stamp: { size, mtimeMs, dev, ino }, isFile: stat.isFile() }
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
    stamp: undefined,
    refuseChange: () => Promise.resolve(),
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function toBuffer(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk
  if (chunk instanceof Uint8Array || typeof chunk === 'string') return Buffer.from(chunk)
  throw new TypeError('The stream gives neither bytes nor text.')
}
