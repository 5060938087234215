import { Parser } from 'tar'
import type { ReadEntry } from 'tar'
import { UsageError } from '../model.ts'
import { InputChanged } from './file-stamp.ts'
import { KIND_BYTES, kindOfFile } from './file-kind.ts'
import { nestedError, onlyFile } from './only-file.ts'
import { takeHead } from './pieces.ts'
import type { Pieces } from './pieces.ts'

/** The one file that a tar archive holds: its name, and its bytes as they are asked for. */
export interface InTar {
  readonly fileName: string
  readonly pieces: Pieces
}

/**
 * Finds the one file in a tar archive. As only the archive's end shows that there is no other, it is gone through twice:
 * `look` and `read` give its bytes, unpacked, from their beginning. Throws UsageError where it is broken, or holds no file,
 * several, or one that is no text.
 */
export async function openTar(
  { look, read }: { look: Pieces; read: Pieces },
  name: string,
  outer: string,
): Promise<InTar> {
  const names: string[] = []
  const entries = entriesOf(look, name, (entry) => {
    names.push(entry.path)
    return false
  })
  for await (const piece of entries) void piece
  const fileName = onlyFile(names, { nameOf: (each) => each, archive: 'tar', name })
  const { head, pieces } = await takeHead(
    entriesOf(read, name, ({ path }) => path === fileName),
    KIND_BYTES,
  )
  const inner = kindOfFile(head)
  if (inner.kind !== 'plain') throw nestedError(name, outer, inner)
  return { fileName, pieces }
}

/** The bytes of those files in an archive that are wanted; each is asked for once, in order. */
async function* entriesOf(pieces: Pieces, name: string, isWanted: (entry: ReadEntry) => boolean): Pieces {
  let taken: Buffer[] = []
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      if (FILES.has(entry.type) && isWanted(entry)) entry.on('data', (piece: Buffer) => taken.push(Buffer.from(piece)))
      else entry.resume()
    },
  })
  let broken: unknown
  parser.on('error', (error: unknown) => (broken ??= error))
  const take = () => {
    if (broken !== undefined) throw brokenError(name, broken)
    const given = taken
    taken = []
    return given
  }
  for await (const piece of pieces) {
    parser.write(piece)
    yield* take()
  }
  parser.end()
  yield* take()
}

const FILES: ReadonlySet<string> = new Set(['File', 'OldFile', 'ContiguousFile'])

function brokenError(name: string, error: unknown): Error {
  if (error instanceof InputChanged) return error
  const why = error instanceof Error ? error.message : String(error)
  return new UsageError(`${name} is a broken tar archive (${why}). Get the file again.`, { cause: error })
}
