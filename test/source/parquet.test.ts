import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { fileWriter, parquetWriteRows } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/model.ts'
import { RleHybrid } from '../../src/source/parquet/rle-hybrid.ts'
import {
  momentText,
  dateText,
  decimalJson,
  int96Nanoseconds,
  intervalText,
  timeText,
} from '../../src/source/parquet/value-texts.ts'
import { readAll, valueOf } from './read-all.ts'

type Row = Readonly<Record<string, unknown>>

/** A file as hyparquet-writer writes it. */
async function write(
  rows: readonly Row[],
  options: Omit<Parameters<typeof parquetWriteRows>[0], 'writer' | 'rows'>,
): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-parquet-'))
  const path = join(folder, 'members.parquet')
  try {
    await parquetWriteRows({ writer: fileWriter(path), rows: rows as Record<string, unknown>[], ...options })
    return await readFile(path)
  } finally {
    await rm(folder, { recursive: true })
  }
}

const columns = [
  { name: 'id', type: 'STRING' as const, nullable: false },
  { name: 'name', type: 'STRING' as const },
  { name: 'points', type: 'INT64' as const },
  { name: 'ratio', type: 'DOUBLE' as const },
  { name: 'vip', type: 'BOOLEAN' as const },
]

describe('Parquet', () => {
  const row = fc.record({
    id: fc.string({ maxLength: 6 }).map((text) => text.replaceAll('\0', '')),
    name: fc.option(
      fc.oneof(
        fc.constantFrom('Zoë', '李', 'Asha', ''),
        fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => text.replaceAll('\0', '')),
      ),
    ),
    points: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
    ratio: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
    vip: fc.option(fc.boolean()),
  })

  it('is the rows that were written, in however many groups and pages', async () => {
    const sizes = fc.record({
      rowGroupSize: fc.integer({ min: 1, max: 20 }),
      pageSize: fc.constantFrom(10, 100, 1_000_000),
      codec: fc.constantFrom('SNAPPY' as const, 'UNCOMPRESSED' as const),
    })
    const law = fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 60 }), sizes, async (rows, options) => {
      const { rows: read, format } = await readAll(await write(rows, { columns, ...options }))
      expect(format).toBe('parquet')
      expect(read.map(({ row: number, line, problem }) => [number, line, problem])).toEqual(
        rows.map((_, at) => [at + 1, at + 1, undefined]),
      )
      expect(read.map(valueOf)).toEqual(
        rows.map((each) => ({
          ...each,
          points:
            each.points === null
              ? null
              : Number.isSafeInteger(Number(each.points))
                ? Number(each.points)
                : String(each.points),
        })),
      )
    })
    await fc.assert(law, { numRuns: 60 })
  })

  it('with bytes changed or cut off is rows or a refusal, and a row is never there twice', async () => {
    const whole = await write(
      Array.from({ length: 40 }, (_, at) => ({
        id: `A-${at}`,
        name: at % 3 === 0 ? null : `name ${at % 4}`,
        points: BigInt(at),
        ratio: 0.5,
        vip: true,
      })),
      { columns, rowGroupSize: 15 },
    )
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }))
    const law = fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 3 }),
      fc.option(fc.nat(whole.length)),
      async (changes, cut) => {
        const bytes = Buffer.from(cut === null ? whole : whole.subarray(0, cut))
        for (const [place, byte] of changes) if (place < bytes.length) bytes[place] = byte
        const rows = await readAll(bytes).then(
          (read) => read.rows,
          (error: unknown) => {
            if (error instanceof UsageError) return []
            throw error
          },
        )
        expect(rows.map((each) => each.row)).toEqual(rows.map((_, index) => index + 1))
      },
    )
    await fc.assert(law, { numRuns: 300 })
  })

  it('with a text that is none has a row with a problem beside its sound neighbours', async () => {
    const bytes = await write([{ id: 'A-1' }, { id: 'A-\u0000' }, { id: 'A-3' }], { columns: columns.slice(0, 1) })
    const { rows } = await readAll(bytes)
    expect(rows.map(({ problem }) => problem)).toEqual([
      undefined,
      'line 2, "id": the value holds the character U+0000; text was expected. Remove it, or export the file anew.',
      undefined,
    ])
    const broken = await readAll(
      Buffer.from(
        (await write([{ id: 'A-~~' }], { columns: columns.slice(0, 1), codec: 'UNCOMPRESSED' }))
          .toString('latin1')
          .replace('A-~~', 'A-\u00E9\u00E9'),
        'latin1',
      ),
    )
    expect(broken.rows[0]?.problem).toContain('bytes that are not UTF-8')
  })
})

describe('values', () => {
  it('have all their digits, and dates as other files have them', () => {
    expect([
      decimalJson(-5n, 3),
      decimalJson(123456789012345n, 2),
      decimalJson(1234567890123456n, 2),
      decimalJson(Uint8Array.of(0xff, 0xfb), 2),
      decimalJson(7, 0),
    ]).toEqual([-0.005, 1234567890123.45, '12345678901234.56', -0.05, 7])
    expect([dateText(0), dateText(-14_552), dateText(19_854)]).toEqual(['1970-01-01', '1930-02-28', '2024-05-11'])
    expect(momentText(1_715_445_377_000_000_000n, false)).toBe('2024-05-11T16:36:17Z')
    expect(momentText(1_715_445_377_250_000_000n, true)).toBe('2024-05-11 16:36:17.250')
    expect(momentText(-1n, true)).toBe('1969-12-31 23:59:59.999')
    expect(momentText(10n ** 30n, false)).toHaveProperty('what')
    expect(timeText(29_350_000_000_000n)).toBe('08:09:10')
    expect(int96Nanoseconds((2_440_589n << 64n) + 5n)).toBe(86_400_000_000_005n)
  })

  it('of a moment are of the day that it is in, before 1970 too', () => {
    const dayNs = 86_400_000_000_000n
    fc.assert(
      fc.property(fc.integer({ min: -60_000, max: 60_000 }), fc.bigInt({ min: 0n, max: dayNs - 1n }), (day, since) => {
        const text = momentText(BigInt(day) * dayNs + since, false)
        expect(typeof text === 'string' && text.slice(0, 10)).toBe(dateText(day))
      }),
      { examples: [[-5115, dayNs - 1n]] },
    )
  })

  it('in runs and packed groups come out one by one', () => {
    // A run of three times 5, then a packed group of 1 to 8, of three bits each.
    const bytes = Uint8Array.of(3 << 1, 5, (1 << 1) | 1, 0b11_010_001, 0b0_101_100_0, 0b000_111_11)
    const runs = new RleHybrid(bytes, { start: 0, end: bytes.length, width: 3 })
    expect(Array.from({ length: 10 }, () => runs.next())).toEqual([5, 5, 5, 1, 2, 3, 4, 5, 6, 7])
    expect(() => new RleHybrid(Uint8Array.of(0), { start: 0, end: 1, width: 3 }).next()).toThrow('a run of nothing')
  })

  it('holds bytes of no type as text where they are one, else in base64, and costs no row', async () => {
    const rows = [
      { id: '1', photo: Buffer.from([0, 1, 2]) },
      { id: '2', photo: Buffer.from('abc') },
    ]
    const bytes = await write(rows, {
      columns: [
        { name: 'id', type: 'STRING' },
        { name: 'photo', type: 'BYTE_ARRAY' },
      ],
    })
    const { rows: read } = await readAll(bytes)
    expect(read.map(({ problem }) => problem)).toEqual([undefined, undefined])
    expect(read.map(valueOf)).toEqual([
      { id: '1', photo: 'AAEC' },
      { id: '2', photo: 'abc' },
    ])
  })

  it.for([
    ['P3D', [0, 3, 0]],
    ['P1Y2M3DT4.5S', [14, 3, 4500]],
    ['PT0S', [0, 0, 0]],
  ] as const)('an interval is %s', ([text, [months, days, ms]]) => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt32LE(months, 0)
    bytes.writeUInt32LE(days, 4)
    bytes.writeUInt32LE(ms, 8)
    expect(intervalText(bytes)).toBe(text)
  })
})
