import { existsSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UsageError } from '../model.ts'

/**
 * The files that paths and glob patterns (`members-*.csv`) mean: each once, those of a pattern sorted by name, `2` before
 * `10`. A path that is there is taken as it stands, whatever characters it holds. Throws UsageError where a pattern
 * matches nothing. Addresses (`https://…`) are no patterns, whatever stands in them.
 */
export async function expandFiles(given: readonly string[]): Promise<readonly string[]> {
  const files = new Map<string, string>()
  for (const path of given) {
    for (const file of await expand(path)) {
      const name = isAddress(file) ? file : resolve(file)
      if (!files.has(name)) files.set(name, file)
    }
  }
  return [...files.values()]
}

async function expand(path: string): Promise<readonly string[]> {
  if (isAddress(path) || !/[*?[{]/.test(path) || existsSync(path)) return [path]
  const found = (await Array.fromAsync(glob(path, { withFileTypes: false }))).toSorted(byName.compare)
  if (found.length > 0) return found
  throw new UsageError(`No file matches ${path}. Check the pattern, and the folder that it is looked for in.`)
}

function isAddress(path: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(path)
}

const byName = new Intl.Collator('en', { numeric: true })
