import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** As deep in the checkout as the sources are, which look for what `npm ci` built beside them. */
const folder = join(root, 'dist/tried')
const stampFile = join(folder, 'stamp')

/** The command that tests start: the sources in a few files, as it is installed. Node takes half as long to load them. */
export const command = join(folder, 'start.js')

/** Bundles it before the first test, unless nothing has changed since it was. Vitest calls it. */
export async function setup(): Promise<void> {
  const stamp = stampOf(['src', 'workers', 'package.json', 'node_modules/.package-lock.json'])
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  const bundle = await rolldown({
    cwd: root,
    input: { start: 'src/cli/start.mjs', 'xls-process': 'src/source/workbook/xls-process.ts' },
    // It opens files beside its own code.
    external: [
      '@electric-sql/pglite',
      'msgpackr-extract',
      'cpu-features',
      /sshcrypto\.node$/,
      'pg-native',
      'redis',
      'hiredis',
    ],
    platform: 'node',
    checks: { eval: false, pluginTimings: false },
    logLevel: 'warn',
  })
  await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].js', cleanDir: true })
  await bundle.close()
  writeFileSync(stampFile, stamp)
}

/** What tells one state of files from another: their names, sizes and times. */
function stampOf(paths: readonly string[]): string {
  const files = paths.flatMap((path) => {
    const whole = join(root, path)
    return statSync(whole).isFile()
      ? [whole]
      : readdirSync(whole, { recursive: true, encoding: 'utf8' }).map((name) => join(whole, name))
  })
  const hash = createHash('sha256')
  for (const file of files.toSorted()) {
    const { size, mtimeMs } = statSync(file)
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}
