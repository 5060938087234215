import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hashFile, hashFiles } from '../../src/source/hash-file.ts'

const PIECE = 256 * 1024

describe('hashFile', () => {
  it.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])('hashes all of a file of %i bytes', async (bytes) => {
    const content = Buffer.from(Array.from({ length: bytes }, (_, at) => (at * 31 + (at >>> 8)) & 0xff))
    const expected = createHash('sha256').update(content).digest('hex')
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-hash-'))
    try {
      const path = join(folder, 'members.csv')
      await writeFile(path, content)
      expect(await hashFile(path)).toBe(expected)
      expect(await hashFiles([path])).toBe(expected)
      const both = createHash('sha256').update(`${expected}\n${expected}\n`).digest('hex')
      expect(await hashFiles([path, path])).toBe(both)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('rejects where there is no file', async () => {
    await expect(hashFile('/no/such/members.csv')).rejects.toThrow('ENOENT')
  })
})
