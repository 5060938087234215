import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

const PIECE_BYTES = 256 * 1024

/** sha256 of a file's bytes, hex, read piece by piece. Rejects where the file cannot be read. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  const file = await open(path)
  try {
    // One buffer for all pieces: a stream takes a new one for each, and tens of megabytes of them wait to be collected.
    const piece = Buffer.allocUnsafe(PIECE_BYTES)
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(piece.subarray(0, bytesRead))
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
