// What is installed: all of rollcall and of the libraries that it uses, in a few files that load fast.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constants, zstdCompressSync } from 'node:zlib'
import { writeLicences } from './write-licences.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const require = createRequire(import.meta.url)

/** Native code, for speed alone: whoever asks for it does without where it is not there. */
const native = ['msgpackr-extract', 'cpu-features', /sshcrypto\.node$/, 'pg-native', 'redis', 'hiredis']

/** What the embedded broker's database is made of: src/broker/database-files.ts opens them, packed, beside its code. */
const databaseFiles = ['pglite.wasm', 'pglite.data']

const isOthers = (id) => id.includes('/node_modules/')

/** `got` of `/…/node_modules/got/dist/source/index.js`. */
const packageOf = (id) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)[1].replace('@', '').replace('/', '-')

/** Copies what code opens at run time, and gathers the licences of what was bundled. */
const complete = {
  name: 'complete',
  // Maps of other people's code are as large as that code, and their lines tell nobody anything.
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk' || !file.moduleIds.every(isOthers)) continue
      delete bundle[`${file.fileName}.map`]
      file.code = file.code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')
    }
  },
  writeBundle(_options, bundle) {
    const from = join(require.resolve('@electric-sql/pglite'), '..')
    mkdirSync(dist, { recursive: true })
    for (const name of databaseFiles) {
      writeFileSync(
        join(dist, `${name}.zst`),
        zstdCompressSync(readFileSync(join(from, name)), { params: { [constants.ZSTD_c_compressionLevel]: 19 } }),
      )
    }
    const modules = Object.values(bundle).flatMap((file) => Object.keys(file.modules ?? {}))
    writeLicences(modules, join(dist, 'third-party-licences.txt'))
  },
}

/** commander loads what starts processes, for commands that are programs of their own; we have none, and wait for it. */
const later = {
  name: 'later',
  resolveId: (id, importer) =>
    id === 'node:child_process' && importer?.includes('/node_modules/commander/') ? LATER : undefined,
  load: (id) => (id === LATER ? SPAWN_LATER : undefined),
}
const LATER = '\0later'
const SPAWN_LATER =
  "export default { spawn: (...args) => process.getBuiltinModule('node:child_process').spawn(...args) }"

export default {
  cwd: root,
  input: {
    main: 'src/cli/main.ts',
    library: 'src/library.ts',
    'xls-process': 'src/source/workbook/xls-process.ts',
    'check-thread': 'src/app/check/parallel/check-thread.ts',
  },
  external: native,
  platform: 'node',
  // What Node 24 runs: the oldest one that has all that we use, but for one thing, which is brought.
  transform: {
    target: 'node24',
    inject: { Temporal: ['temporal-polyfill/full', 'Temporal'] },
    // ssh2 asks for its own folder as it is loaded.
    define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
  },
  plugins: [later, complete],
  // Libraries look for their optional parts so.
  checks: { eval: false, pluginTimings: false },
  logLevel: 'warn',
  output: {
    dir: dist,
    format: 'esm',
    sourcemap: true,
    sourcemapExcludeSources: true,
    minify: true,
    // A file a package, so that a command loads what it uses.
    codeSplitting: { groups: [{ test: isOthers, name: packageOf }] },
    // All beside each other: code looks for its files in the folder that it is in.
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    cleanDir: true,
  },
}
