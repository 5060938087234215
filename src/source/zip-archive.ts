import { crc32 } from 'node:zlib'
import yauzl from 'yauzl'
import type { Entry } from 'yauzl'
import { UsageError } from '../model.ts'
import { InputChanged } from './file-stamp.ts'
import type { Bytes, Progress } from './open-bytes.ts'
import type { Pieces } from './pieces.ts'

/** An open zip archive: its files, without folders. */
export interface ZipArchive {
  readonly entries: readonly Entry[]
  /** A file's bytes, unpacked as they are asked for and checked at their end; `progress` follows them. */
  read(entry: Entry): { readonly pieces: Pieces; progress(): Progress }
  close(): void
}

/** More files than this are no spreadsheet and no file of members; their list is not held. */
const MOST_ENTRIES = 10_000

/**
 * Opens a zip archive on disk; `outside` is the same file, opened before. Throws UsageError where it is broken, and
 * InputChanged where it is no longer that file.
 */
export async function openZip(path: string, name: string, outside: Pick<Bytes, 'refuseChange'>): Promise<ZipArchive> {
  const broken = (error: unknown) =>
    new UsageError(`${name} is a broken zip archive (${messageOf(error)}). Get the file again.`, { cause: error })
  const archive = await yauzl.openPromise(path, { autoClose: false }).catch((error: unknown) => {
    throw broken(error)
  })
  const entries: Entry[] = []
  try {
    for await (const entry of archive.eachEntry()) {
      if (!entry.fileName.endsWith('/')) entries.push(entry)
      if (entries.length > MOST_ENTRIES) throw new Error('it holds too many files')
    }
  } catch (error) {
    archive.close()
    throw broken(error)
  }

  return {
    entries,
    read(entry) {
      let bytesRead = 0
      async function* unpack(): Pieces {
        if (entry.isEncrypted()) {
          throw new UsageError(`${name} is a zip archive with a password. Unpack it first, and import the file inside.`)
        }
        let checksum = 0
        try {
          const stream = await archive.openReadStreamPromise(entry)
          for await (const piece of stream as AsyncIterable<Buffer>) {
            await outside.refuseChange()
            bytesRead += piece.length
            checksum = crc32(piece, checksum)
            yield piece
          }
        } catch (error) {
          if (error instanceof InputChanged) throw error
          await outside.refuseChange()
          throw broken(error)
        }
        if (checksum !== entry.crc32) throw broken(new Error(`the checksum of ${entry.fileName} is wrong`))
      }
      return { pieces: unpack(), progress: () => ({ bytesRead, bytesTotal: entry.uncompressedSize }) }
    },
    close: () => archive.close(),
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
