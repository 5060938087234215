import { zstdCompressSync } from 'node:zlib'
import avsc from 'avsc'
import type { Schema } from 'avsc'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/model.ts'
import { longType } from '../../src/source/avro/long-type.ts'
import { readAll, valueOf } from './read-all.ts'

const schema: Schema = {
  type: 'record',
  name: 'Member',
  fields: [
    { name: 'id', type: 'string' },
    { name: 'name', type: ['null', 'string'] },
    { name: 'points', type: 'long' },
    { name: 'tags', type: { type: 'array', items: 'string' } },
  ],
}

function zstandard(data: Buffer, done: (error: Error | null, bytes: Buffer) => void): void {
  done(null, zstdCompressSync(data))
}

/** A file as avsc writes it. */
async function write(
  records: readonly object[],
  { codec = 'null', blockSize = 1 << 16, of = schema } = {},
): Promise<Buffer> {
  const type = avsc.Type.forSchema(of, { registry: { long: longType } })
  const codecs = { ...avsc.streams.BlockEncoder.defaultCodecs(), zstandard }
  const encoder = new avsc.streams.BlockEncoder(type, { codec, blockSize, codecs })
  for (const record of records) encoder.write(record)
  encoder.end()
  return Buffer.concat(await Array.fromAsync(encoder as AsyncIterable<Buffer>))
}

/** A schema with a record in it that is used twice. */
const named = (outer: string, inner: string, [first, second, third]: readonly [string, string, string]): Schema => ({
  type: 'record',
  name: outer,
  fields: [
    { name: first, type: 'string' },
    { name: second, type: ['null', 'string'] },
    { name: 'address', type: { type: 'record', name: inner, fields: [{ name: third, type: 'string' }] } },
    { name: 'other', type: inner },
  ],
})

describe('Avro', () => {
  const record = fc.record({
    id: fc.string({ maxLength: 6 }).map((text) => text.replaceAll('\0', '')),
    name: fc.option(fc.constantFrom('Zoë', '李', '')),
    points: fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: 2n ** 60n, max: 2n ** 62n })),
    tags: fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 }),
  })
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 })

  it('is the records that were written, in however many blocks, for any cut', async () => {
    const how = fc.record({
      codec: fc.constantFrom('null', 'deflate', 'zstandard'),
      blockSize: fc.constantFrom(10, 100, 65_536),
    })
    const law = fc.asyncProperty(
      fc.array(record, { minLength: 1, maxLength: 40 }),
      how,
      sizes,
      async (records, options, cuts) => {
        const { rows, format } = await readAll(await write(records, options), { sizes: cuts })
        expect(format).toBe('avro')
        expect(rows.map(({ row, line, problem }) => [row, line, problem])).toEqual(
          records.map((_, at) => [at + 1, at + 1, undefined]),
        )
        expect(rows.map(valueOf)).toEqual(
          records.map((each) => ({
            ...each,
            points: typeof each.points === 'bigint' ? String(each.points) : each.points,
          })),
        )
      },
    )
    await fc.assert(law, { numRuns: 100 })
  })

  it('with bytes changed or cut off is rows or a refusal', async () => {
    const whole = await write(
      Array.from({ length: 20 }, (_, at) => ({ id: `A-${at}`, name: null, points: at, tags: ['a'] })),
      { blockSize: 60 },
    )
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }))
    const law = fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 3 }),
      fc.option(fc.integer({ min: 4, max: whole.length })),
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
    await fc.assert(law, { numRuns: 200 })
  })

  it('that is cut off anywhere behind its first block says so', async () => {
    const records = Array.from({ length: 20 }, (_, at) => ({ id: `A-${at}`, name: 'Zoë', points: at, tags: [] }))
    const whole = await write(records, { blockSize: 60 })
    await expect(readAll(whole.subarray(0, -7))).rejects.toThrow('is an Avro file that cannot be read')
  })

  it.for([
    ['the header', 'header'],
    ['a member’s list', 'list'],
  ] as const)('whose count of items was damaged in %s is refused at once', async ([, where]) => {
    const whole = await write([{ id: 'A-1', name: null, points: 1, tags: ['a', 'b'] }])
    // Two items, and in their place as many as eight bytes can say.
    const at = where === 'header' ? 4 : whole.lastIndexOf(Buffer.from([4, 2, 0x61, 2, 0x62, 0]))
    const many = Buffer.from([0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f])
    const bytes = Buffer.concat([
      whole.subarray(0, at),
      many,
      whole.subarray(at + (where === 'header' ? 1 : many.length)),
    ])
    await expect(readAll(bytes)).rejects.toThrow('is an Avro file that cannot be read')
  })

  it('with values that no member has is told, and what has several types is its value', async () => {
    const of: Schema = {
      type: 'record',
      name: 'M',
      fields: [
        { name: 'id', type: 'string' },
        { name: 'n', type: ['int', 'string', 'float'] },
      ],
    }
    const bytes = await write(
      [
        { id: 'A-1', n: { float: 1.5 } },
        { id: 'A\0', n: { string: 'x' } },
      ],
      { of },
    )
    const { rows } = await readAll(bytes)
    expect(valueOf(rows[0])).toEqual({ id: 'A-1', n: 1.5 })
    expect(rows[1]?.problem).toContain('line 2: a value holds the character U+0000')
  })

  it('of records and fields whose names Avro does not allow is read, as Polars writes it', async () => {
    const records = [{ mno: '00123', nam: 'Zoë', address: { cty: 'Pune' }, other: { cty: 'Goa' } }]
    const sound = await write(records, { of: named('M', 'IN', ['mno', 'nam', 'cty']) })
    // Names of the same length, so that the header keeps its length.
    const bytes = Buffer.from(
      sound
        .toString('latin1')
        .replaceAll('"IN"', '"#1"')
        .replace('"M"', '" "')
        .replace('"mno"', '"M #"')
        .replace('"nam"', '"1st"')
        .replaceAll('"cty"', '"c/y"'),
      'latin1',
    )
    const { rows } = await readAll(bytes)
    expect(rows.map(({ problem }) => problem)).toEqual([undefined])
    expect(valueOf(rows[0])).toEqual({
      'M #': '00123',
      '1st': 'Zoë',
      address: { 'c/y': 'Pune' },
      other: { 'c/y': 'Goa' },
    })
  })
})
