import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

const PIECE_BYTES = 256 * 1024

/** sha256 of a file's bytes, or of the first so many, hex, read piece by piece. Rejects where the file cannot be read. */
export async function hashFile(path: string, bytes = Infinity): Promise<string> {
  const hash = createHash('sha256')
  const file = await open(path)
  try {
    // One buffer for all pieces: a stream takes a new one for each, and tens of megabytes of them wait to be collected.
    const piece = Buffer.allocUnsafe(PIECE_BYTES)
    for (let left = bytes; ;) {
      const { bytesRead } = await file.read(piece, 0, Math.min(PIECE_BYTES, left))
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(piece.subarray(0, bytesRead))
      left -= bytesRead
    }
  } finally {
    await file.close()
  }
}

/** One sha256 over several files in their order: of one file its own, of more that of their hashes, a line each. */
export async function hashFiles(paths: readonly string[]): Promise<string> {
  const hashes: string[] = []
  for (const path of paths) hashes.push(await hashFile(path))
  return joinHashes(hashes)
}

/** One hash of several files' own, in their order. */
export function joinHashes(hashes: readonly string[]): string {
  const [only = '', ...more] = hashes
  if (more.length === 0) return only
  return createHash('sha256')
    .update(hashes.map((each) => `${each}\n`).join(''))
    .digest('hex')
}
