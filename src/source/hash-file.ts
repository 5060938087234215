import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** sha256 of a file's bytes, hex, read piece by piece. Rejects where the file cannot be read. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** One sha256 over several files in their order: of one file its own, of more that of their hashes, a line each. */
export async function hashFiles(paths: readonly string[]): Promise<string> {
  const [only = '', ...more] = paths
  if (more.length === 0) return await hashFile(only)
  const hash = createHash('sha256')
  for (const path of paths) hash.update(`${await hashFile(path)}\n`)
  return hash.digest('hex')
}
