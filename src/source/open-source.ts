import type { Readable } from 'node:stream'
import type { PassedOver, SourceRow } from '../model.ts'
import { checkDeclared } from './declared.ts'
import { headerNotes } from './header-notes.ts'
import type { Unread } from './rows.ts'
import type { FileStamp } from './file-stamp.ts'
import type { Progress } from './open-bytes.ts'
import { openText } from './open-text.ts'
import type { Places } from './place.ts'
import type { HandedOver, Rows } from './rows.ts'
import type { SourceFormat } from './source-format.ts'
import type { SourceOptions } from './source-options.ts'
import { unwrap } from './unwrap.ts'
import type { Unwrapped } from './unwrap.ts'

export type { Declared } from './declared.ts'
export type { SourceFormat, TextFormat } from './source-format.ts'

/** An open file of rows. */
export interface Source {
  readonly format: SourceFormat
  /** CSV and sheets: the header's names, in order, as they are, blank and repeated ones too. JSON: undefined. */
  readonly columns: readonly string[] | undefined
  /** What was found out of the file beyond what is plain, and what is odd about its header: a sentence each. */
  readonly notes: readonly string[]
  /** What of the file is not read, and may hold members too; said among the notes. */
  readonly unread: readonly Unread[]
  /**
   * Chunks of rows in file order, of 1 to 4,096; a file is read one piece ahead of what is asked for. To be called once.
   * A record that cannot be read is a row with a `problem`. Rejects only where reading itself fails, with InputChanged
   * where the file is no longer what was opened: no row is from after that.
   */
  chunks(): AsyncIterable<readonly SourceRow[]>
  /**
   * In the place of `chunks`: the first rows of a CSV file, and what it takes to read the others elsewhere, in segments. To
   * be called once; undefined where the file is to be read by `chunks`.
   */
  handOver?(): HandedOver | undefined
  /** The files as they were opened, in order; undefined for a stream. */
  readonly stamps: readonly (FileStamp | undefined)[]
  /**
   * sha256 of the file's bytes once all rows were read, as `hashFiles` has it: of those bytes that the rows are from.
   * Rejects with InputChanged. Undefined unless `hash` was asked for, or where there is no file.
   */
  readHash(): Promise<string | undefined>
  /** Places between its rows; absent where it is read from its first row alone. */
  readonly places?: Places | undefined
  /** Several files read as one: those that reading has come to, in order. */
  readonly parts?: readonly FilePart[] | undefined
  /** What was passed over since it is no record, as far as reading has come. Its rows are not counted among the rows. */
  readonly passedOver: readonly PassedOver[]
  /** How far the rows go that were given: how many there are in all is estimated by it. */
  readonly progress: Progress
  /** Closes the file, or destroys the stream. Twice is fine. */
  close(): Promise<void>
}

/** A file of several. Its rows are those from `firstRow` on, counted over all of them, up to the next one's. */
export interface FilePart {
  readonly name: string
  readonly firstRow: number
}

/**
 * Opens a file of rows, or a Readable (standard input): unpacks it, decodes it, and reads its header. What `options` do
 * not declare is found out from the content. Throws UsageError where the file is missing, empty, nothing that holds
 * rows, in doubt, or has a header that cannot be read.
 */
export async function openSource(input: string | Readable, options: SourceOptions = {}): Promise<Source> {
  checkDeclared(options)
  const name = options.name ?? (typeof input === 'string' ? input : 'standard input')
  const unwrapped = await unwrap(input, name, { stamp: options.stamps?.[0], hash: options.hash })
  try {
    const rows = await openRows(unwrapped, name, options)
    const { format, columns } = rows
    let started = false
    let closed = false
    // Of the bytes that were read last, the share whose rows were given.
    let given = { before: 0, share: 0 }
    return {
      format,
      columns,
      notes: [
        ...(rows.told.length === 0 ? [] : [`Read as ${rows.told.join(', ')}.`]),
        ...(rows.unread ?? []).map(({ message }) => message),
        ...(rows.notes ?? []),
        ...(columns === undefined || options.columns !== undefined ? [] : headerNotes(columns)),
      ],
      unread: rows.unread ?? [],
      stamps: [unwrapped.stamp],
      readHash: unwrapped.readHash,
      places:
        rows.places === undefined || unwrapped.kind !== 'text'
          ? undefined
          : { ...rows.places, readSoFar: unwrapped.readSoFar },
      async *chunks() {
        if (started) throw new Error('chunks() was called before; open the source again to read it again.')
        if (closed) throw new Error('The source is closed.')
        started = true
        for await (const read of rows.read()) {
          yield* inChunks(read, (count) => (given = { ...given, share: count / read.length }))
          given = { before: rows.progress().bytesRead, share: 0 }
        }
      },
      handOver() {
        if (started || closed) throw new Error('The source is being read, or closed.')
        const handed = rows.handOver?.()
        started = handed !== undefined
        return handed
      },
      get passedOver() {
        return rows.passedOver()
      },
      get progress() {
        const { bytesRead, bytesTotal } = rows.progress()
        return { bytesRead: Math.round(given.before + (bytesRead - given.before) * given.share), bytesTotal }
      },
      async close() {
        closed = true
        await unwrapped.close()
      },
    }
  } catch (error) {
    await unwrapped.close()
    throw error
  }
}

async function openRows(unwrapped: Unwrapped, name: string, options: SourceOptions): Promise<Rows> {
  switch (unwrapped.kind) {
    case 'text':
      return await openText(unwrapped, name, options)
    case 'workbook': {
      const { openWorkbook } = await import('./workbook/open-workbook.ts')
      return await openWorkbook(unwrapped.file, name, options)
    }
    case 'records':
      return unwrapped.rows
  }
}

/** What waited behind an open quote can come in one go; a chunk stays small enough to be passed on at once. */
function* inChunks(rows: readonly SourceRow[], onGiving: (rows: number) => void): Iterable<readonly SourceRow[]> {
  for (let at = 0; at < rows.length; at += CHUNK_ROWS) {
    const chunk = at === 0 && rows.length <= CHUNK_ROWS ? rows : rows.slice(at, at + CHUNK_ROWS)
    onGiving(at + chunk.length)
    yield chunk
  }
}

const CHUNK_ROWS = 4096
