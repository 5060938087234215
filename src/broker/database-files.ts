import { createReadStream, existsSync } from 'node:fs'
import { mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createZstdDecompress, zstdDecompress } from 'node:zlib'
import type { PGliteOptions } from '@electric-sql/pglite'

const unpack = promisify(zstdDecompress)

/** Node's types leave WebAssembly to those of browsers. */
const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: { compile(program: Uint8Array): Promise<object> }
}

/** What PGlite takes in the place of the files that it would open itself. */
type DatabaseFiles = Pick<PGliteOptions, 'pgliteWasmModule' | 'fsBundle'>

/**
 * The database's program and its own data, which an installed rollcall has packed beside its code; nothing in a
 * checkout, where PGlite finds them in its package.
 */
export async function readDatabaseFiles(): Promise<DatabaseFiles | undefined> {
  if (!existsSync(beside('pglite.wasm.zst'))) return undefined
  const [program, data] = await Promise.all(
    ['pglite.wasm.zst', 'pglite.data.zst'].map(async (name) => unpack(await readFile(beside(name)))),
  )
  if (program === undefined || data === undefined) return undefined
  return { pgliteWasmModule: await WebAssembly.compile(program), fsBundle: new Bundle(data) }
}

/** Gives the bytes themselves: a Blob of them is a copy, stays as long as the database, and gives another copy. */
class Bundle extends Blob {
  readonly #bytes: Uint8Array<ArrayBuffer>

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    super()
    this.#bytes = bytes
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    const { buffer, byteOffset, byteLength } = this.#bytes
    return Promise.resolve(
      byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength),
    )
  }
}

/**
 * Puts a database without a job in it where none is, as it was packed when rollcall was built: making one takes the
 * database's own set-up five times as long, and three times the memory. It is there whole or not at all. Where it was
 * not packed, the database is left to make itself.
 */
export async function placeDatabase(folder: string): Promise<void> {
  const packed = [beside('database.tar.zst'), new URL('../../dist/database.tar.zst', import.meta.url)].find((url) =>
    existsSync(url),
  )
  if (existsSync(folder) || packed === undefined) return
  const { extract } = await import('tar')
  const unfinished = `${folder}.new`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  // Not strict, tar leaves out what cannot be written, and says so to nobody.
  await pipeline(
    createReadStream(fileURLToPath(packed)),
    createZstdDecompress(),
    extract({ cwd: unfinished, strict: true, noMtime: true }),
  )
  await rename(unfinished, folder)
}

/** Whether the database there keeps its log in small segments; one that makes itself, or an earlier rollcall made, does not. */
export async function hasSmallLog(folder: string): Promise<boolean> {
  const log = join(folder, 'pg_wal')
  const names = await readdir(log).catch(() => [])
  const segment = names.find((name) => /^[0-9A-F]{24}$/.test(name))
  return segment !== undefined && (await stat(join(log, segment))).size <= SMALL_SEGMENT_BYTES
}

const SMALL_SEGMENT_BYTES = 1024 ** 2

function beside(name: string): URL {
  return new URL(`./${name}`, import.meta.url)
}
