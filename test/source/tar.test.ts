import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import * as fc from 'fast-check'
import { create } from 'tar'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/model.ts'
import { openSource } from '../../src/source/open-source.ts'
import { cellsOf, readAll } from './read-all.ts'

const MEMBERS = 'id,name\n1,Asha\n2,Dev\n'

/** An archive of these files, as `tar -c` writes it. */
async function archive(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  return await inFolder(async (folder) => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), content)
    }
    const pieces: Buffer[] = []
    const names = new Set(Object.keys(files).map((name) => name.split('/')[0] ?? ''))
    for await (const piece of create({ cwd: folder, portable: true }, [...names])) pieces.push(Buffer.from(piece))
    return Buffer.concat(pieces)
  })
}

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-tar-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('a tar archive with one file inside', () => {
  it('is read, however it is packed and cut, from a stream and from disk', async () => {
    const long = `${'a'.repeat(90)}/${'b'.repeat(90)}/members.csv`
    for (const [name, files] of [
      ['members.csv', { 'members.csv': MEMBERS }],
      ['export/members.csv', { 'export/members.csv': MEMBERS, 'export/._members.csv': 'x', 'export/.DS_Store': 'x' }],
      [long, { [long]: MEMBERS }],
    ] as const) {
      const packed = await archive(files)
      for (const [outer, bytes] of [
        ['tar', packed],
        ['gzip, tar', gzipSync(packed)],
        ['zstd, tar', zstdCompressSync(packed)],
      ] as const) {
        for (const sizes of [[], [700, 31]]) {
          const { columns, rows, notes } = await readAll(bytes, { name: 'members.tar.gz', sizes })
          expect(columns).toEqual(['id', 'name'])
          expect(rows.map((row) => [row.line, ...cellsOf(row)])).toEqual([
            [2, '1', 'Asha'],
            [3, '2', 'Dev'],
          ])
          expect(notes).toEqual([`Read as ${outer} (${name}).`])
        }
        await inFolder(async (folder) => {
          const path = join(folder, 'members.tgz')
          writeFileSync(path, bytes)
          const source = await openSource(path, { hash: true })
          const rows = (await Array.fromAsync(source.chunks())).flat()
          expect(rows.map(cellsOf)).toEqual([
            ['1', 'Asha'],
            ['2', 'Dev'],
          ])
          expect(await source.readHash()).toMatch(/^[0-9a-f]{64}$/)
          await source.close()
        })
      }
    }
  })

  it('holds JSON by its name', async () => {
    const { rows } = await readAll(await archive({ 'members.jsonl': '{"id":1}\n' }))
    expect(rows.map(({ input }) => input)).toEqual([{ kind: 'value', value: { id: 1 } }])
  })

  it.for([
    ['3 files: a.csv, b.csv, c.csv', { 'a.csv': MEMBERS, 'b.csv': MEMBERS, 'c.csv': MEMBERS }],
    ['no file', { '.DS_Store': 'x' }],
    ['compressed twice', { 'a.csv.gz': gzipSync(MEMBERS) }],
    ['an SQLite database', { 'members.db': 'SQLite format 3\0'.padEnd(600) }],
  ] as const)('is refused where it holds something else: %s', async ([said, files]) => {
    const bytes = gzipSync(await archive(files))
    await expect(readAll(bytes, { name: 'members.tar.gz' })).rejects.toThrow(said)
    await expect(readAll(bytes, { name: 'members.tar.gz' })).rejects.toBeInstanceOf(UsageError)
  })

  it('is read whole or refused, wherever it breaks off or is damaged', async () => {
    const lines = Array.from({ length: 400 }, (_, at) => `${at},member ${at}\n`)
    const packed = await archive({ 'members.csv': `id,name\n${lines.join('')}` })
    const law = fc.asyncProperty(
      fc.integer({ min: 0, max: packed.length }),
      fc.option(fc.integer({ min: 0, max: 511 })),
      async (length, damaged) => {
        const bytes = Buffer.from(damaged === null ? packed.subarray(0, length) : packed)
        if (damaged !== null) bytes[damaged] = (bytes[damaged] ?? 0) ^ 0x15
        const reading = await readAll(bytes, { name: 'members.tar' }).catch((error: unknown) => {
          expect(error).toBeInstanceOf(UsageError)
          return undefined
        })
        // Of a damaged archive that is none any more, what is left is text.
        if (reading?.notes.some((note) => note.includes('tar'))) expect(reading.rows.length).toBe(400)
      },
    )
    await fc.assert(law, { numRuns: 100 })
  })
})
