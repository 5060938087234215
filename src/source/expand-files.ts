import { existsSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { UsageError } from '../model.ts'

/**
 * The files that paths and glob patterns (`members-*.csv`) mean: each once, those of a pattern sorted by name, `2` before
 * `10`. Of several, those that programs put beside the rows are left out (Spark's `_SUCCESS`). A path that is there is taken
 * as it stands, whatever characters it holds. Throws UsageError where a pattern matches nothing. Addresses (`https://…`) are
 * no patterns, whatever stands in them.
 */
export async function expandFiles(given: readonly string[]): Promise<readonly string[]> {
  const files = new Map<string, string>()
  for (const path of given) {
    for (const file of await expand(path)) {
      const name = isAddress(file) ? file : resolve(file)
      if (!files.has(name)) files.set(name, file)
    }
  }
  const all = [...files.values()]
  const withRows = all.filter((file) => isAddress(file) || !BESIDE_ROWS.test(basename(file)))
  return withRows.length === 0 ? all : withRows
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

/** Marks of Spark, Hadoop's checksums, and what Athena knows of the columns of a result. */
const BESIDE_ROWS = /^_SUCCESS$|^_(?:started|committed)_\d+$|\.crc$|\.csv\.metadata$/

const byName = new Intl.Collator('en', { numeric: true })
