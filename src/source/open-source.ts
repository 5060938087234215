import type { Readable } from 'node:stream'
import { type SourceRow, UsageError } from '../model.ts'
import { CsvReader } from './csv-reader.ts'
import { JsonlReader } from './jsonl-reader.ts'
import { openBytes } from './open-bytes.ts'
import type { Bytes } from './open-bytes.ts'
import { decodeHead, findNonWhite, guessFormat } from './source-format.ts'
import type { SourceFormat } from './source-format.ts'

export type { SourceFormat } from './source-format.ts'

/** An open file of rows. */
export interface Source {
  readonly format: SourceFormat
  /** CSV: the header's names, in order, as they are, blank and repeated ones too. JSONL: undefined. */
  readonly columns: readonly string[] | undefined
  /**
   * Chunks of rows in file order, of 1 to 4,096; nothing is read before the next is asked for. To be called once.
   * A record that cannot be read is a row with a `problem`. Rejects only where reading itself fails.
   */
  chunks(): AsyncIterable<readonly SourceRow[]>
  /** Bytes read so far and in all (undefined where the input is no regular file). */
  readonly progress: { readonly bytesRead: number; readonly bytesTotal: number | undefined }
  /** sha256 of the bytes, hex; undefined until chunks() has ended. */
  sha256(): string | undefined
  /** Closes the file, or destroys the stream. Twice is fine. */
  close(): Promise<void>
}

export interface SourceOptions {
  /** Otherwise the name's ending decides, and else the first byte. */
  readonly format?: SourceFormat
  /** What messages call the input; the path, or "standard input", unless given. */
  readonly name?: string
  /** Longer records are problem rows; bytes, 4 MiB unless given. Bounds the memory that a lost quote can take. */
  readonly maxRecordBytes?: number
}

/**
 * Opens a CSV or JSON Lines file, or a Readable (standard input), in UTF-8, and reads its header.
 * Throws UsageError where the file is missing, empty, not UTF-8 text, or has a header that cannot be read.
 */
export async function openSource(input: string | Readable, options: SourceOptions = {}): Promise<Source> {
  const name = options.name ?? (typeof input === 'string' ? input : 'standard input')
  const bytes = await openBytes(input)
  try {
    const head = await readHead(name, bytes)
    if (findNonWhite(head) === head.length && bytes.sha256() !== undefined) throw emptyError(name)
    const format = options.format ?? guessFormat(name, head)
    const reader = format === 'csv' ? new CsvReader(name, options) : new JsonlReader(options)

    const first = reader.read(head)
    if (format === 'csv') {
      while (reader.columns === undefined) {
        const piece = await bytes.read()
        for (const row of piece === undefined ? reader.end() : reader.read(piece)) first.push(row)
        if (piece === undefined && reader.columns === undefined) throw emptyError(name)
      }
    }

    let started = false
    return {
      format,
      columns: reader.columns,
      async *chunks() {
        if (started) throw new Error('chunks() was called before; open the source again to read it again.')
        started = true
        yield* inChunks(first.splice(0))
        for (let piece = await bytes.read(); piece !== undefined; piece = await bytes.read()) {
          yield* inChunks(reader.read(piece))
        }
        yield* inChunks(reader.end())
      },
      get progress() {
        return bytes.progress
      },
      sha256: () => bytes.sha256(),
      close: () => bytes.close(),
    }
  } catch (error) {
    await bytes.close()
    throw error
  }
}

/** Enough first bytes to tell what the file is: up to one that is not white space, or the end; decoded. */
async function readHead(name: string, bytes: Bytes): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0)
  for (;;) {
    const piece = await bytes.read()
    head = piece === undefined ? head : Buffer.concat([head, piece])
    const decoded = decodeHead(name, head)
    const told = head.length >= LONGEST_SIGNATURE && findNonWhite(decoded) < decoded.length
    if (piece === undefined || told || head.length >= HEAD_BYTES) return decoded
  }
}

/** What waited behind an open quote can come in one go; a chunk stays small enough to be passed on at once. */
function* inChunks(rows: readonly SourceRow[]): Iterable<readonly SourceRow[]> {
  for (let at = 0; at < rows.length; at += CHUNK_ROWS)
    yield at === 0 && rows.length <= CHUNK_ROWS ? rows : rows.slice(at, at + CHUNK_ROWS)
}

function emptyError(name: string): UsageError {
  return new UsageError(`${name} is empty; a header and rows (CSV) or a JSON object on each line were expected.`)
}

const CHUNK_ROWS = 4096
const HEAD_BYTES = 64 * 1024
const LONGEST_SIGNATURE = 4
