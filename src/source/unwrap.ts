import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { decompress } from './decompress.ts'
import { KIND_BYTES, kindOfFile } from './file-kind.ts'
import { EXPORT, SAVE_SHEET, foreignError } from './foreign.ts'
import type { Foreign } from './foreign.ts'
import { nestedError, onlyFile } from './only-file.ts'
import { openBytes, piecesOf } from './open-bytes.ts'
import type { Bytes, BytesOptions } from './open-bytes.ts'
import { takeHead } from './pieces.ts'
import type { Pieces } from './pieces.ts'
import type { Rows } from './rows.ts'
import { isOds, isXlsx } from './workbook/is-workbook.ts'
import type { WorkbookFile } from './workbook/open-workbook.ts'
import { openZip } from './zip-archive.ts'
import type { ZipArchive } from './zip-archive.ts'

/** What is inside a file, once it is unpacked. `wrapping` names what was around it, for people. */
export type Unwrapped =
  | (Pick<Bytes, 'stamp' | 'readHash' | 'close'> & { readonly kind: 'records'; readonly rows: Rows })
  | (Bytes & { readonly kind: 'text'; readonly wrapping: string | undefined; readonly innerName: string })
  | (Pick<Bytes, 'stamp' | 'readHash' | 'close'> & { readonly kind: 'workbook'; readonly file: WorkbookFile })

/**
 * Opens a file or takes over a Readable, and unpacks gzip, zstd, bzip2, zip and tar (one file inside), told by content and
 * never by name. Throws UsageError where the content is nothing that holds rows. The caller closes what it is given. What
 * reads seldom formats is loaded where one comes.
 */
export async function unwrap(input: string | Readable, name: string, options: BytesOptions = {}): Promise<Unwrapped> {
  const bytes = await openBytes(input, { ...options, name })
  try {
    const { head, pieces } = await takeHead(bytes.pieces, KIND_BYTES)
    const found = kindOfFile(head)
    switch (found.kind) {
      case 'plain':
        return { ...bytes, kind: 'text', pieces, wrapping: undefined, innerName: name }
      case 'tar':
        return await openInTar(typeof input === 'string' ? input : Readable.from(pieces), bytes, {
          name,
          outer: 'tar',
          unpack: (packed) => packed,
          pieces,
        })
      case 'compressed': {
        const unpack = (packed: Pieces) => decompress(packed, found.with, name)
        const unpacked = await takeHead(unpack(pieces), KIND_BYTES)
        const inner = kindOfFile(unpacked.head)
        if (inner.kind === 'tar') {
          const outer = `${found.with}, tar`
          return await openInTar(typeof input === 'string' ? input : Readable.from(unpacked.pieces), bytes, {
            name,
            outer,
            unpack: typeof input === 'string' ? unpack : (packed) => packed,
            pieces: unpacked.pieces,
          })
        }
        if (inner.kind !== 'plain') throw nestedError(name, found.with, inner)
        const innerName = name.replace(/\.(?:gz|zst|bz2)$/i, '')
        return { ...bytes, kind: 'text', pieces: unpacked.pieces, wrapping: found.with, innerName }
      }
      case 'xls':
        return await onDisk(typeof input === 'string' ? input : Readable.from(pieces), bytes, async (path) => ({
          kind: 'workbook',
          file: { xls: path },
          close: () => Promise.resolve(),
        }))
      case 'avro': {
        const { openAvro } = await import('./avro/open-avro.ts')
        return { ...bytes, kind: 'records', rows: openAvro(pieces, name, bytes.progress) }
      }
      case 'parquet':
        return await onDisk(typeof input === 'string' ? input : Readable.from(pieces), bytes, async (path) => {
          const { openParquet } = await import('./parquet/open-parquet.ts')
          const rows = await openParquet(path, name, bytes)
          return { kind: 'records', rows, close: rows.close }
        })
      case 'zip':
        return await openInside(typeof input === 'string' ? input : Readable.from(pieces), bytes, name)
      case 'foreign':
        throw foreignError(name, found)
    }
  } catch (error) {
    await bytes.close()
    throw error
  }
}

/** What is read from here and there needs its file at hand: what comes as a stream is written to one first. */
async function onDisk<T extends { close(): Promise<void> }>(
  input: string | Readable,
  bytes: Bytes,
  openPath: (path: string) => Promise<T>,
): Promise<T & Pick<Bytes, 'stamp' | 'readHash' | 'close'>> {
  const copy = typeof input === 'string' ? undefined : await copyToDisk(input)
  try {
    const opened = await openPath(copy?.path ?? (input as string))
    const close = async () => {
      await opened.close()
      await bytes.close()
      await copy?.remove()
    }
    return { ...opened, stamp: bytes.stamp, readHash: bytes.readHash, close }
  } catch (error) {
    await copy?.remove()
    throw error
  }
}

/** A tar archive is gone through twice: what comes as a stream is written to disk first. */
async function openInTar(
  input: string | Readable,
  bytes: Bytes,
  { name, outer, unpack, pieces }: { name: string; outer: string; unpack: (packed: Pieces) => Pieces; pieces: Pieces },
): Promise<Unwrapped> {
  const copy = typeof input === 'string' ? undefined : await copyToDisk(input)
  const close = async () => {
    await bytes.close()
    await copy?.remove()
  }
  try {
    const { openTar } = await import('./open-tar.ts')
    const look = unpack(piecesOf(copy?.path ?? (input as string)))
    const read = copy === undefined ? pieces : piecesOf(copy.path)
    const inside = await openTar({ look, read }, name, outer)
    const { fileName: innerName } = inside
    return { ...bytes, kind: 'text', pieces: inside.pieces, wrapping: `${outer} (${innerName})`, innerName, close }
  } catch (error) {
    await copy?.remove()
    throw error
  }
}

/** A zip archive needs its file at hand: what comes as a stream is written to one first. */
async function openInside(input: string | Readable, bytes: Bytes, name: string): Promise<Unwrapped> {
  const copy = typeof input === 'string' ? undefined : await copyToDisk(input)
  const path = copy?.path ?? (input as string)
  try {
    const archive = await openZip(path, name, bytes)
    const close = async () => {
      archive.close()
      await bytes.close()
      await copy?.remove()
    }
    const outside = { stamp: bytes.stamp, readHash: bytes.readHash, close }
    if (isXlsx(archive) || isOds(archive)) {
      return { kind: 'workbook', file: archive, ...outside }
    }
    try {
      const { refuseChange } = bytes
      // It is read here and there: so far is nowhere.
      return { ...(await openOnly(archive, name)), ...outside, refuseChange, readSoFar: () => undefined }
    } catch (error) {
      archive.close()
      throw error
    }
  } catch (error) {
    await copy?.remove()
    throw error
  }
}

type Inside = Pick<Extract<Unwrapped, { kind: 'text' }>, 'kind' | 'pieces' | 'progress' | 'wrapping' | 'innerName'>

async function openOnly(archive: ZipArchive, name: string): Promise<Inside> {
  const { entries } = archive
  const document = DOCUMENTS.find(({ has }) => entries.some(({ fileName }) => has.test(fileName)))
  if (document !== undefined) throw foreignError(name, document)
  const entry = onlyFile(entries, { nameOf: ({ fileName }) => fileName, archive: 'zip', name })
  const inside = archive.read(entry)
  const { head, pieces } = await takeHead(inside.pieces, KIND_BYTES)
  const inner = kindOfFile(head)
  if (inner.kind !== 'plain') throw nestedError(name, 'zip', inner)
  const { progress } = inside
  return { kind: 'text', pieces, progress, wrapping: `zip (${entry.fileName})`, innerName: entry.fileName }
}

/** Documents that are zip archives, by what is in them. */
const DOCUMENTS: readonly (Foreign & { readonly has: RegExp })[] = [
  { has: /^xl\/workbook\.bin$/, what: 'a binary Excel workbook (.xlsb)', remedy: SAVE_SHEET },
  {
    has: /^Index\/Document\.iwa$|^Index\.zip$/,
    what: 'a document of Apple Numbers',
    remedy: 'Export it from Numbers: File, Export To, CSV or Excel.',
  },
  { has: /^word\/document\.xml$/, what: 'a Word document', remedy: SAVE_SHEET },
  { has: /^ppt\/presentation\.xml$/, what: 'a presentation', remedy: EXPORT },
  { has: /^mimetype$/, what: 'an OpenDocument file', remedy: SAVE_SHEET },
]

async function copyToDisk(input: Readable): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  const path = join(folder, 'input')
  try {
    await pipeline(input, createWriteStream(path, { mode: 0o600 }))
  } catch (error) {
    await remove()
    throw error
  }
  return { path, remove }
}
