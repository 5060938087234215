import { isDeepStrictEqual } from 'node:util'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode } from '../../src/source/text/decode.ts'
import { expectOrder, outcome } from './outcome.ts'
import { cellsOf, cut, isRecord, readAll, valueOf } from './read-all.ts'

/** Lengths of the pieces in which bytes come. */
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })

describe('any bytes', () => {
  const start = fc.constantFrom(
    '',
    'id,name\n',
    'id;name\r\n',
    '{"id":1}\n',
    '[{"id":1},\n',
    '{"data":[{"id":1},\n',
    '{"k1":{"id":1},"k2":{"id":2},\n',
    '{\n"id":1\n}\n',
    '{"a":[1,2],"b":[3',
    '[["a","b"],[1,2],',
    'a\tb\n1\t\\N\n\\\\\t2\n',
    'a|b|c\n1|"x|2\n2|y"|3\n',
    'title\n\na,b,c\n1,2,3\n4,5,6\n',
    'sep=;\r\n',
    '\u00EF\u00BB\u00BF',
    '\u00FF\u00FE',
    '\u00FE\u00FF',
    '\x1F\x8B\x08',
    '(\u00B5/\u00FD',
    'BZh91AY&SY',
    'PK\x03\x04',
    'PK\x05\x06',
    'a,_row,_line,_status\n',
  )
  const token = fc.constantFrom(
    '"',
    "'",
    ',',
    ';',
    '\t',
    '|',
    '\n',
    '\r',
    '\r\n',
    '\0',
    '{',
    '}',
    '[',
    ']',
    ':',
    '\\',
    ' ',
  )
  const part = fc.oneof(token, fc.string({ maxLength: 6 }), fc.string({ unit: 'binary', maxLength: 4 }))
  const piece = fc.oneof(
    part.map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 6 }),
  )
  const content = fc
    .tuple(start, fc.array(piece, { maxLength: 40 }))
    .map(([first, pieces]) => Buffer.concat([Buffer.from(first, 'latin1'), ...pieces]))
  const declared = fc.record(
    {
      encoding: fc.constantFrom('utf-8', 'utf-16le', 'shift_jis', 'gb18030', 'windows-1252', 'koi8-r'),
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      quote: fc.constantFrom('"', "'", 'none'),
      escape: fc.constantFrom('"', '\\', 'none'),
      path: fc.constantFrom('data', '.', 'a'),
      json: fc.constantFrom('plain' as const, 'mongodb' as const, 'dynamodb' as const),
      skip: fc.integer({ min: 1, max: 3 }),
      columns: fc.constant(['id', 'name']),
      format: fc.constantFrom('csv' as const, 'jsonl' as const, 'json' as const),
      maxRecordBytes: fc.integer({ min: 8, max: 90 }),
    },
    { requiredKeys: [] },
  )

  it('are rows in order or a refusal, the same for any cut', async () => {
    const law = fc.asyncProperty(content, declared, sizes, async (bytes, options, cuts) => {
      const whole = await outcome(bytes, options)
      expect(await outcome(bytes, { ...options, sizes: cuts })).toEqual(whole)
      if ('rows' in whole) expectOrder(whole)
    })
    await fc.assert(law, { numRuns: 1500 })
  })

  it('in any encoding are decoded the same for any cut', async () => {
    const encoding = fc.constantFrom(
      'utf-8',
      'utf-16le',
      'utf-16be',
      'shift_jis',
      'euc-jp',
      'gb18030',
      'big5',
      'euc-kr',
      'iso-2022-jp',
      'windows-1252',
      'windows-1250',
      'windows-1258',
      'windows-874',
      'iso-8859-5',
      'koi8-r',
      'ibm866',
      'macintosh',
    )
    const bytes = fc.array(fc.oneof(fc.uint8Array({ maxLength: 8 }), fc.constantFrom(Buffer.from(',\n9A'))), {
      maxLength: 10,
    })
    const law = fc.asyncProperty(encoding, bytes, sizes, async (name, parts, cuts) => {
      const all = Buffer.concat(parts)
      const decoded = async (pieces: Buffer[]) => Buffer.concat(await Array.fromAsync(decode(give(pieces), name)))
      expect(await decoded(cut(all, cuts))).toEqual(await decoded([all]))
    })
    await fc.assert(law, { numRuns: 1500 })
  })
})

const sameAs = (row: readonly string[]) => (other: readonly string[]) => isDeepStrictEqual(row, other)

describe('CSV of any dialect', () => {
  const mark = fc.constantFrom(',', ';', '\t', '|', '^', '\u0001')
  const text = fc
    .array(fc.constantFrom('"', ',', ';', '\t', '|', '\n', '\r\n', 'é', '李', ' ', 'x', '7', '\uFEFF'), {
      maxLength: 6,
    })
    .map((parts) => parts.join(''))
  const record = fc.array(text, { minLength: 3, maxLength: 3 }).filter(isRecord)
  const records = fc.array(record, { maxLength: 12 })
  it('is what was written and what csv-parse reads, packed or not, in UTF-8 or UTF-16, for any cut', async () => {
    const pack = fc.constantFrom((bytes: Buffer) => bytes, gzipSync, zstdCompressSync)
    const encoding = fc.constantFrom('utf8' as const, 'utf16le' as const)
    const end = fc.constantFrom('\n', '\r\n')
    const law = fc.asyncProperty(
      records,
      mark,
      end,
      pack,
      encoding,
      sizes,
      async (rows, delimiter, eol, packed, codec, cuts) => {
        const content = write([['a', 'b', 'c'], ...rows], delimiter, eol)
        const read = await readAll(packed(Buffer.from(content, codec)), {
          delimiter,
          quote: '"',
          encoding: codec === 'utf8' ? 'utf-8' : 'utf-16le',
          sizes: cuts,
        })
        expect(read.rows.map(cellsOf)).toEqual(rows)
        const [, ...oracle] = parse(content, { delimiter, bom: true })
        expect(read.rows.map(cellsOf)).toEqual(oracle)
        expect(read.rows.every(({ problem }) => problem === undefined)).toBe(true)
      },
    )
    await fc.assert(law, { numRuns: 500 })
  })

  it('has its delimiter found, whatever stands in quotes', async () => {
    const common = fc.constantFrom(',', ';', '\t', '|')
    const law = fc.asyncProperty(records, common, async (rows, delimiter) => {
      const content = write([['a', 'b', 'c'], ...rows], delimiter, '\n')
      const { columns, rows: read, notes, passedOver } = await readAll(content)
      expect(columns).toEqual(['a', 'b', 'c'])
      // What could as well be a dump without quotes is read as one, and said; what could be two records in one is told.
      const lines = content.split('\n').filter((line) => line.trim() !== '')
      const isDump = lines.every((line) => line.split(delimiter).length === 3)
      if (notes.some((note) => note.includes('quote none'))) {
        // Tabs and bars are what dumps are divided by: then lines that are none of its records are told, or passed over.
        if (isDump) return
        expect(['\t', '|']).toContain(delimiter)
        expect(passedOver.length > 0 || read.some(({ problem }) => problem !== undefined)).toBe(true)
        return
      }
      if (read.some(({ problem }) => problem?.includes('whole records by themselves') === true)) return
      // Lines of one record may each have something wrong with them, which is told in the place of that.
      const sound = read.filter(({ problem }) => problem === undefined).map(cellsOf)
      expect(sound.length < read.length ? rows.filter((row) => sound.some(sameAs(row))) : rows).toEqual(sound)
    })
    const examples = [
      [[[';', '\r\n', ';7']], ';'],
      [
        [
          ['', '李\t', '\t\n'],
          ['', '', 'é'],
        ],
        '\t',
      ],
    ] as [string[][], string][]
    await fc.assert(law, { numRuns: 500, examples })
  })

  it('without quotes has a row for each line that holds anything, whatever is wrong with it', async () => {
    const line = fc.string({ unit: fc.constantFrom('x', '"', ',', ' ', '\0', 'é', "'") })
    const law = fc.asyncProperty(fc.array(line), sizes, async (lines, cuts) => {
      const { rows } = await readAll(`a,b\n${lines.join('\n')}`, {
        encoding: 'utf-8',
        delimiter: ',',
        quote: 'none',
        sizes: cuts,
      })
      // A NUL that is a whole cell is an empty one.
      const expected = lines.flatMap((each, index) => (/^(?:[ ,]|(?<![^,])\0(?![^,]))*$/.test(each) ? [] : [index + 2]))
      expect(rows.map((row) => row.line)).toEqual(expected)
    })
    await fc.assert(law, { numRuns: 500 })
  })
})

describe('a JSON array', () => {
  const object = fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })

  it('of objects is these objects, however it is laid out and cut', async () => {
    const indent = fc.constantFrom(undefined, 1, 2, '\t')
    const law = fc.asyncProperty(fc.array(object), indent, sizes, async (objects, space, cuts) => {
      const { format, rows } = await readAll(` ${JSON.stringify(objects, undefined, space)}\n`, { sizes: cuts })
      expect(format).toBe('json')
      expect(rows.map(({ problem }) => problem)).toEqual(objects.map(() => undefined))
      const exact = [...objects.keys()].filter((index) => !/\d{16}|\d[eE]/.test(JSON.stringify(objects[index])))
      expect(exact.map((index) => JSON.stringify(valueOf(rows[index])))).toEqual(
        exact.map((index) => JSON.stringify(objects[index])),
      )
    })
    await fc.assert(law, { numRuns: 400 })
  })

  it('of one element a line keeps every sound one beside those that are broken', async () => {
    const broken = fc.constantFrom('{"id":', '{"id" 1}', '{"id":1', '{"id":"x}', '{"id":[1}')
    const element = fc.oneof(
      fc.record({ text: broken, sound: fc.constant(false) }),
      object.map((each) => ({ text: JSON.stringify(each), sound: true })),
    )
    const law = fc.asyncProperty(fc.array(element, { minLength: 1 }), sizes, async (elements, cuts) => {
      const { rows } = await readAll(`[\n${elements.map(({ text: each }) => each).join(',\n')}\n]\n`, { sizes: cuts })
      const sound = rows.filter(({ problem }) => problem === undefined).map(({ line }) => line)
      expect(sound).toEqual(elements.flatMap((each, index) => (each.sound ? [index + 2] : [])))
      const bad = elements.filter((each) => !each.sound).length
      expect(rows.length - sound.length).toBeGreaterThanOrEqual(bad)
    })
    await fc.assert(law, { numRuns: 400 })
  })
})

async function* give(pieces: readonly Buffer[]): AsyncGenerator<Buffer, void, undefined> {
  yield* pieces
}

/** CSV with each cell quoted that holds anything out of the ordinary. */
function write(rows: readonly (readonly string[])[], delimiter: string, end: string): string {
  return rows.map((cells) => cells.map(quote).join(delimiter) + end).join('')
}

function quote(cell: string): string {
  return /^[\p{L}\d ]*$/u.test(cell) ? cell : `"${cell.replaceAll('"', '""')}"`
}
