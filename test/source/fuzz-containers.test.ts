import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { utils, write } from '@e965/xlsx'
import type { BookType } from '@e965/xlsx'
import * as fc from 'fast-check'
import { create } from 'tar'
import { describe, expect, it } from 'vitest'
import { hasProgram } from '../support/programs.ts'
import { expectOrder, outcome } from './outcome.ts'
import { cellsOf, isRecord, readAll } from './read-all.ts'

const NAME = 'members.file'

/** A change of a file's bytes, at a place from its beginning (0) to its end (1). */
const change = fc.record({
  kind: fc.constantFrom('flip', 'put', 'insert', 'delete', 'repeat', 'cut'),
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  length: fc.integer({ min: 1, max: 600 }),
})
const changes = fc.array(change, { minLength: 1, maxLength: 3 })

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

function changed(file: Buffer, { kind, place, bytes, length }: Change): Buffer {
  const at = Math.floor(place * file.length)
  const [before, behind] = [file.subarray(0, at), file.subarray(at)]
  switch (kind) {
    case 'cut':
      return before
    case 'delete':
      return Buffer.concat([before, behind.subarray(length)])
    case 'insert':
      return Buffer.concat([before, bytes, behind])
    case 'repeat':
      return Buffer.concat([before, behind.subarray(0, length), behind])
    case 'flip':
      return Buffer.concat([
        before,
        behind.subarray(0, 1).map((byte) => byte ^ (1 << (length % 8))),
        behind.subarray(1),
      ])
    default:
      return Buffer.concat([before, bytes, behind.subarray(bytes.length)])
  }
}

const MEMBERS = ['id,name', ...Array.from({ length: 30 }, (_, at) => `A-${at},Zoë ${at}`)].join('\n')

describe('a file with bytes changed, cut off, put in, left out or repeated', () => {
  it.for([
    ['Parquet of DuckDB', corpus('duckdb-zstd.parquet'), 60],
    ['Parquet of arrow-rs', corpus('arrow-rs.parquet'), 60],
    ['Avro', corpus('apache-deflate.avro'), 150],
    ['.xlsx', corpus('book.xlsx'), 40],
    ['.ods', corpus('book.ods'), 40],
    ['.xls', corpus('book.xls'), 3],
    ['zip', corpus('members.csv.zip'), 100],
    ['gzip', corpus('members.csv.gz'), 100],
    ['zstd', corpus('members.csv.zst'), 100],
    ['bzip2', corpus('members.csv.bz2'), 60],
    ['UTF-32', utf32(MEMBERS, 'le'), 100],
  ] as const)('%s is rows in order, or a refusal that names it', async ([, file, numRuns]) => {
    const law = fc.asyncProperty(changes, async (made) => {
      const read = await outcome(made.reduce(changed, file), { name: NAME })
      if ('rows' in read) expectOrder(read)
      else expect(read.refused).toContain(NAME)
    })
    await fc.assert(law, { numRuns, endOnFailure: numRuns < 10 })
  })

  it('tar, packed or not, is rows in order, or a refusal that names it', async () => {
    const plain = await archive(MEMBERS)
    const law = fc.asyncProperty(fc.constantFrom(plain, gzipSync(plain)), changes, async (file, made) => {
      const read = await outcome(made.reduce(changed, file), { name: NAME })
      if ('rows' in read) expectOrder(read)
      else expect(read.refused).toContain(NAME)
    })
    await fc.assert(law, { numRuns: 100 })
  })

  it.for([
    ['gzip', corpus('members.csv.gz'), 100],
    ['zstd', corpus('members.csv.zst'), 100],
    ['bzip2', corpus('members.csv.bz2'), 60],
    ['zip', corpus('members.csv.zip'), 100],
  ] as const)('%s, which has a checksum, gives no row that it did not hold', async ([, file, numRuns]) => {
    const whole = (await readAll(file)).rows.map((row) => row.input)
    const law = fc.asyncProperty(changes, async (made) => {
      const read = await outcome(made.reduce(changed, file), { format: 'csv' })
      if ('rows' in read && read.notes.some((note) => /zip|zstd/.test(note))) {
        expect(whole).toEqual(expect.arrayContaining(read.rows.map((row) => row.input)))
      }
    })
    await fc.assert(law, { numRuns, endOnFailure: numRuns < 10 })
  })
})

/** Text without what XML cannot hold. */
const text = fc
  .array(fc.constantFrom('a', 'B7', ' ', '  ', '\n', '<', '&', '"', "'", '=1+1', '00123', 'é', '李', '😀', ';', ','), {
    maxLength: 5,
  })
  .map((parts) => parts.join(''))
/** Numbers of as many digits as a spreadsheet keeps. */
const number = fc
  .tuple(fc.integer(), fc.constantFrom(1, 7, 100, 0.001))
  .map(([sum, parts]) => Number((sum / parts).toPrecision(15)))
const cell = fc.oneof(text, number, fc.boolean(), fc.constant(''))
const table = fc
  .array(fc.tuple(fc.nat(9999), cell, cell), { minLength: 1, maxLength: 40 })
  .map((rows) => rows.map(([id, ...cells]) => [`A-${id}`, ...cells]))

describe('a table', () => {
  it.for([
    ['xlsx', 30],
    ['ods', 30],
    ['biff8', 2],
  ] as const)('in a workbook (%s) is the rows that were written', async ([bookType, numRuns]) => {
    const law = fc.asyncProperty(table, async (rows) => {
      const { rows: read } = await readAll(workbook([['id', 'name', 'note'], ...rows], bookType))
      expect(read.map(({ line, problem }) => [line, problem])).toEqual(rows.map((_, at) => [at + 2, undefined]))
      expect(read.map(cellsOf)).toEqual(rows.map((cells) => cells.map(shown)))
    })
    await fc.assert(law, { numRuns, endOnFailure: numRuns < 10 })
  })

  const record = fc.array(text, { minLength: 2, maxLength: 2 }).filter(isRecord)
  const records = fc.array(record, { minLength: 1, maxLength: 20 })
  const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 4 })

  it('in UTF-32, marked or not, is the rows that were written, for any cut', async () => {
    const order = fc.constantFrom('le' as const, 'be' as const)
    const law = fc.asyncProperty(
      records,
      order,
      fc.constantFrom('', '\uFEFF'),
      sizes,
      async (rows, end, mark, cuts) => {
        const { rows: read } = await readAll(utf32(mark + csv(rows), end), { sizes: cuts, delimiter: ',', quote: '"' })
        expect(read.map(cellsOf)).toEqual(rows)
      },
    )
    await fc.assert(law, { numRuns: 100 })
  })

  it('in tar, however it is packed, is the rows that were written, for any cut', async () => {
    const pack = fc.constantFrom((bytes: Buffer) => bytes, gzipSync, zstdCompressSync)
    const law = fc.asyncProperty(records, pack, sizes, async (rows, packed, cuts) => {
      const file = packed(await archive(csv(rows)))
      const { rows: read } = await readAll(file, { sizes: cuts, delimiter: ',', quote: '"' })
      expect(read.map(cellsOf)).toEqual(rows)
    })
    await fc.assert(law, { numRuns: 60 })
  })

  it.runIf(hasProgram('bzip2'))('in bzip2 of several members is the rows that were written, for any cut', async () => {
    const law = fc.asyncProperty(records, fc.double({ min: 0, max: 1, noNaN: true }), sizes, async (rows, at, cuts) => {
      const bytes = Buffer.from(csv(rows))
      const middle = Math.floor(at * bytes.length)
      const file = Buffer.concat([bzip2(bytes.subarray(0, middle)), bzip2(bytes.subarray(middle))])
      const { rows: read } = await readAll(file, { sizes: cuts, delimiter: ',', quote: '"' })
      expect(read.map(cellsOf)).toEqual(rows)
    })
    await fc.assert(law, { numRuns: 5 })
  })
})

function workbook(rows: readonly (readonly unknown[])[], bookType: BookType): Buffer {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((cells) => [...cells])), 'Members')
  return write(book, { type: 'buffer', bookType }) as Buffer
}

/** What a workbook's cell is read as. */
function shown(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return String(value)
}

function csv(rows: readonly (readonly string[])[]): string {
  return [['id', 'name'], ...rows]
    .map((cells) => `${cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')}\n`)
    .join('')
}

function utf32(content: string, end: 'le' | 'be'): Buffer {
  const units = Array.from(content, (character) => character.codePointAt(0) ?? 0)
  const bytes = Buffer.alloc(units.length * 4)
  for (const [at, unit] of units.entries()) {
    if (end === 'le') bytes.writeUInt32LE(unit, at * 4)
    else bytes.writeUInt32BE(unit, at * 4)
  }
  return bytes
}

function bzip2(bytes: Buffer): Buffer {
  return execFileSync('bzip2', ['-c'], { input: bytes })
}

async function archive(content: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-fuzz-'))
  try {
    writeFileSync(join(folder, 'members.csv'), content)
    const pieces: Buffer[] = []
    for await (const piece of create({ cwd: folder, portable: true }, ['members.csv'])) pieces.push(Buffer.from(piece))
    return Buffer.concat(pieces)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function corpus(name: string): Buffer {
  return readFileSync(new URL(`../corpus/files/${name}`, import.meta.url))
}
