import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import type { PGliteOptions } from '@electric-sql/pglite'

const unpack = promisify(zstdDecompress)

/** Node's types leave WebAssembly to those of browsers. */
const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: { compile(program: Uint8Array): Promise<object> }
}

/** What PGlite takes in the place of the files that it would open itself. */
type DatabaseFiles = Pick<PGliteOptions, 'pgliteWasmModule' | 'initdbWasmModule' | 'fsBundle'>

/**
 * The database's program and its own data, which an installed rollcall has packed beside its code; nothing in a
 * checkout, where PGlite finds them in its package.
 */
export async function readDatabaseFiles(): Promise<DatabaseFiles | undefined> {
  if (!existsSync(packed('pglite.wasm'))) return undefined
  const [program, initdb, data] = await Promise.all(
    ['pglite.wasm', 'initdb.wasm', 'pglite.data'].map(async (name) => unpack(await readFile(packed(name)))),
  )
  if (program === undefined || initdb === undefined || data === undefined) return undefined
  const [pgliteWasmModule, initdbWasmModule] = await Promise.all([
    WebAssembly.compile(program),
    WebAssembly.compile(initdb),
  ])
  return { pgliteWasmModule, initdbWasmModule, fsBundle: new Blob([data]) }
}

function packed(name: string): URL {
  return new URL(`./${name}.zst`, import.meta.url)
}
