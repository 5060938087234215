import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../..')

/** The command that tests have Node start. */
export const entry = join(root, 'src/cli/start.mjs')

/** Bundles it before the first test, where something has changed since it was: it loads in half the time. Vitest calls it. */
export async function setup(): Promise<void> {
  await promisify(execFile)('npm', ['run', '--silent', 'build:command'], { cwd: root })
}
