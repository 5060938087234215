import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'dist/tried')
const stampFile = join(folder, 'stamp')

/** The command that tests have Node start: the sources in a few files, as they are installed. They load in half the time. */
export const entry = join(folder, 'start.js')

/** Bundles it before the first test, unless nothing has changed since it was. Vitest calls it. */
export async function setup(): Promise<void> {
  const stamp = stampOf(['src', 'workers', 'build', 'package.json', 'node_modules/.package-lock.json'])
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  await promisify(execFile)('rolldown', ['-c', 'build/tried.config.mjs'], { cwd: root })
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
