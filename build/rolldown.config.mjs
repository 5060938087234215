// What is installed: all of rollcall and of the libraries that it uses, in a few files that load fast.
import { copyFileSync, globSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeLicences } from './write-licences.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const require = createRequire(import.meta.url)

/** Native code, for speed alone: whoever asks for it does without where it is not there. */
const native = ['msgpackr-extract', 'cpu-features', /sshcrypto\.node$/, 'pg', 'pg-native', 'redis', 'hiredis']

/** The embedded broker's database opens these beside the file that its code is in. */
const databaseFiles = ['pglite.wasm', 'pglite.data', 'initdb.wasm']

/** Copies what code opens at run time, and gathers the licences of what was bundled. */
const complete = {
  name: 'complete',
  writeBundle(_options, bundle) {
    const from = join(require.resolve('@electric-sql/pglite'), '..')
    mkdirSync(dist, { recursive: true })
    for (const name of databaseFiles) copyFileSync(join(from, name), join(dist, name))
    const modules = Object.values(bundle).flatMap((file) => Object.keys(file.modules ?? {}))
    writeLicences(modules, join(dist, 'third-party-licences.txt'))
  },
}

export default {
  cwd: root,
  input: { main: 'src/cli/main.ts' },
  external: native,
  platform: 'node',
  // What Node 24 runs: the oldest one that has all that we use, but for one thing, which is brought.
  transform: { target: 'node24', inject: { Temporal: ['temporal-polyfill/full', 'Temporal'] } },
  plugins: [complete],
  output: {
    dir: dist,
    format: 'esm',
    sourcemap: true,
    sourcemapExcludeSources: true,
    minify: true,
    // All beside each other: code looks for its files in the folder that it is in.
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    cleanDir: true,
  },
}
