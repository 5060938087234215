import { randomBytes } from 'node:crypto'
import { constants, createZstdCompress, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/model.ts'
import { openSource } from '../../src/source/open-source.ts'
import { windowOf } from '../../src/source/zstd-window.ts'
import { Readable } from 'node:stream'
import { readAll } from './read-all.ts'

/** 200 MB of zeros, in 200 bytes: `head -c 200000000 /dev/zero | bzip2 -9`. */
const ZEROS = Buffer.from(
  'QlpoOTFBWSZTWQ4J4t8BX45AAMAAAAggADCATUZCoCWpCoCXMUFZJlNZDgni3wFfjkAAwAAACCAAMIBNRkKgJakKgJcxQVkmU1kOCeLfAV+OQADAAAAIIAAwgE1GQqAlqQqAlzFBWSZTWQ4J4t8BX45AAMAAAAggADCATUZCoCWpCoCXMUFZJlNZzL/7xgB9osAIwAACAAAIIAAwzAmqaZKkQbVFSIPF3JFOFCQeFqODAA==',
  'base64',
)

describe('bzip2', () => {
  it('that unpacks without end is stopped by its size, before it fills the memory', async () => {
    const before = held()
    let most = 0
    const watching = setInterval(() => (most = Math.max(most, held())), 1)
    await expect(openSource(Readable.from([ZEROS]), { format: 'csv' })).rejects.toThrow('longer than 4194304 bytes')
    clearInterval(watching)
    most = Math.max(most, held())
    expect((most - before) / 1e6).toBeLessThan(300)
  })
})

describe('data that is broken in its middle', () => {
  const noise = Array.from({ length: 60_000 }, (_, at) => `${at},${randomBytes(6).toString('hex')}\n`).join('')
  it.each([
    ['gzip', gzipSync],
    ['zstd', (data: Buffer) => zstdCompressSync(data, { params: { [constants.ZSTD_c_checksumFlag]: 1 } })],
  ] as const)('is told in words, far from its end as well: %s', async (how, pack) => {
    const packed = pack(Buffer.from(`id,name\n${noise}`))
    packed.set(randomBytes(100_000), Math.floor(packed.length / 3))
    const source = await openSource(Readable.from(piecesOf(packed)), { name: 'members.packed' })
    const reading = Array.fromAsync(source.chunks())
    await expect(reading).rejects.toThrow(UsageError)
    await expect(reading).rejects.toThrow(
      `members.packed cannot be unpacked (${how}): its checksum or its structure is wrong. Get the file again.`,
    )
    await source.close()
  })
})

function piecesOf(bytes: Buffer): readonly Buffer[] {
  const size = 64 * 1024
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size))
}

describe('zstd with a long window', () => {
  it.each([10, 17, 27, 28, 30, 31])('of 2^%i bytes is read where the file is short', async (log) => {
    const packed = await packZstd(['id,name\n', '1,Asha\n'], log)
    expect(windowOf(packed)).toBe(2 ** log)
    const { rows } = await readAll(packed, { name: 'long.zst' })
    expect(rows.map(({ input }) => input)).toEqual([{ kind: 'cells', cells: ['1', 'Asha'] }])
  })

  it('is refused in words where as much would be held', async () => {
    const lines = `${'x'.repeat(2 ** 16 - 3)},\n`.repeat(32)
    const packed = await packZstd(['a,b\n', ...Array.from({ length: 66 }, () => lines)], 31)
    await expect(readAll(packed, { name: 'long.zst' })).rejects.toThrow(
      /^long\.zst is packed with a long window \(zstd --long\), and would take up to 2\.1 GB .*`zstd -d --long=31`/,
    )
  })

  it('is refused in words where a later frame has it', async () => {
    const packed = [await packZstd(['id,name\n', '1,Asha\n'], 17), await packZstd(['2,Berta\n', '3,Chi\n'], 31)]
    await expect(readAll(Buffer.concat(packed), { name: 'long.zst' })).rejects.toThrow('is packed with a long window')
  })

  it('is known by its frame, whichever way that is written', async () => {
    expect(windowOf(single(0b0010_0000, 77))).toBe(77)
    expect(windowOf(single(0b0110_0001, 9, 1, 0))).toBe(257)
    expect(windowOf(single(0b1010_0010, 9, 9, 0, 0, 1, 0))).toBe(65_536)
    expect(windowOf(single(0b1110_0011, 9, 9, 9, 9, 0, 0, 0, 0, 1, 0, 0, 0))).toBe(2 ** 32)
    expect(windowOf(single(0, 0b10001_101))).toBe(2 ** 27 + 5 * 2 ** 24)
    for (const cut of [single(0).subarray(0, 4), single(0), single(0b1110_0011, 1)])
      expect(windowOf(cut)).toBeUndefined()
  })
})

function held(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

function single(flags: number, ...size: readonly number[]): Buffer {
  return Buffer.from([0x28, 0xb5, 0x2f, 0xfd, flags, ...size])
}

/** As a program does that streams: the frame does not tell how long it is. */
async function packZstd(pieces: readonly string[], windowLog: number): Promise<Buffer> {
  const engine = createZstdCompress({
    params: { [constants.ZSTD_c_windowLog]: windowLog, [constants.ZSTD_c_compressionLevel]: 1 },
  })
  const packed: Buffer[] = []
  engine.on('data', (piece: Buffer) => packed.push(piece))
  for (const piece of pieces) await new Promise<void>((written) => engine.write(piece, () => engine.flush(written)))
  await new Promise<void>((ended) => engine.on('end', ended).end())
  return Buffer.concat(packed)
}
