import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

const root = join(import.meta.dirname, '../..')

/** The command that tests have Node start. */
export const entry = join(root, 'src/cli/start.mjs')

/** Bundles it before the first test, where something has changed since it was: it loads in half the time. Vitest calls it. */
export async function setup(project: TestProject): Promise<() => void> {
  await promisify(execFile)('npm', ['run', '--silent', 'build:command'], { cwd: root })
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-tests-'))
  project.provide('shared', folder)
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for what all files of tests may use, and one of them makes. */
    readonly shared: string
  }
}
