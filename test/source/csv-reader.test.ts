import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellsOf, isRecord, readAll } from './read-all.ts'

describe('a CSV header', () => {
  it('is kept as it is, with blank and repeated names', async () => {
    const { columns, rows } = await readAll('\n a ,,b,b,"x ""y"",\nz"\n1,2,3,4,5\n')
    expect(columns).toEqual([' a ', '', 'b', 'b', 'x "y",\nz'])
    expect(rows).toEqual([{ row: 1, line: 4, input: { kind: 'cells', cells: ['1', '2', '3', '4', '5'] } }])
  })

  it('alone is a file of no rows, with or without a line end', async () => {
    for (const text of ['id,name', 'id,name\n', 'id,name\r', 'id,name\r\n\r\n']) {
      expect(await readAll(text)).toMatchObject({ columns: ['id', 'name'], rows: [] })
    }
  })

  it('that cannot be read refuses the file', async () => {
    await expect(readAll('id,"name\n1,2\n', { name: 'm.csv' })).rejects.toThrow(
      'The header of m.csv cannot be read. line 1, column 2 "\\"name": the quote (") that opens',
    )
    await expect(readAll('id,a"b\n')).rejects.toThrow('line 1, column 2')
    await expect(readAll('id,a\0b\n')).rejects.toThrow('NUL')
    const latin = Buffer.from('id,\xE9\n', 'latin1')
    await expect(readAll(latin)).rejects.toThrow('is not UTF-8 (see line 1), and its encoding cannot be told')
    await expect(readAll(latin, { encoding: 'utf-8' })).rejects.toThrow('byte 0xE9')
  })
})

describe('CSV records', () => {
  it('end with a CR too, also among other line ends', async () => {
    const { rows } = await readAll('a,b\r1,2\r3,"4\r5"\r\n6,7\n8,9')
    expect(rows.map((row) => [row.line, ...cellsOf(row)])).toEqual([
      [2, '1', '2'],
      [3, '3', '4\r5'],
      [5, '6', '7'],
      [6, '8', '9'],
    ])
  })

  it('of one column: a quoted empty cell is none, and counted; a blank line is not', async () => {
    const { rows, passedOver } = await readAll('id\n""\n\n1\n""')
    expect(rows.map((row) => [row.line, ...cellsOf(row)])).toEqual([[4, '1']])
    expect(passedOver).toEqual([{ what: 'blank', rows: 2, first_line: 2 }])
  })

  it('with too few cells are filled up, with too many keep their text', async () => {
    const { rows } = await readAll('a,b\n1\n1,"x, ""y""",3\n')
    expect(rows).toEqual([
      {
        row: 1,
        line: 2,
        input: { kind: 'cells', cells: ['1', ''] },
        problem: expect.stringContaining('has 1 cell; the header has 2'),
      },
      {
        row: 2,
        line: 3,
        input: { kind: 'cells', cells: ['1', 'x, "y"'] },
        problem: expect.stringContaining('has 3 cells; the header has 2'),
        raw: '1,"x, ""y""",3',
      },
    ])
  })

  it('with formulas of one text keep them whole, however the bytes are cut', async () => {
    const text = 'a,b\n="00123",="x, ""y"""\n="1"z,2\n="3\n4,="5"'
    for (const sizes of [[], [1], [3, 2]]) {
      const { rows } = await readAll(text, { sizes })
      expect(rows.map(cellsOf)).toEqual([
        ['="00123"', '="x, ""y"""'],
        ['="1"z', '2'],
        ['="3', ''],
        ['4', '="5"'],
      ])
      expect(rows.map(({ problem }) => problem === undefined)).toEqual([true, false, false, true])
    }
  })

  it('with stray quotes keep every cell in its column and name the first at fault', async () => {
    const { rows } = await readAll('a,b,c\n1,5" pipe,"x, y"\n"Bob "B" Lee",2,3\n"1" ,2,3\n')
    expect(rows.map(cellsOf)).toEqual([
      ['1', '5" pipe', 'x, y'],
      ['"Bob "B" Lee"', '2', '3'],
      ['"1" ', '2', '3'],
    ])
    expect(rows[0]?.problem).toContain('line 2, column 2 "b": a quote (") stands inside')
    expect(rows[1]?.problem).toContain('line 3, column 1 "a": text follows the quote')
    expect(rows[2]?.problem).toContain('line 4, column 1 "a": white space stands beside')
  })

  it('with white space beside quotes say that it is to go', async () => {
    const { rows } = await readAll('a,b\n1, "Rao, Asha"\n"x, ""y""" ,2\n1,\t"Dev"\n1,"z"  \n1,"z" t\n')
    const told = rows.map(({ problem }) => problem?.includes("white space stands beside the value's quotes"))
    expect(told).toEqual([true, true, true, true, false])
    expect(rows[0]?.problem).toContain('line 2, column 2 "b": white space')
    await expect(readAll('"a", "b"\n"1", "2"\n')).rejects.toThrow('right beside the delimiter (,)')
  })

  it('lose no neighbours to a quote that is never closed, and say where it opened', async () => {
    const { rows } = await readAll('a,b\n"1\n2",x\n3,"open\n4,y\n5,z')
    expect(rows.map((row) => [row.row, row.line, ...cellsOf(row)])).toEqual([
      [1, 2, '1\n2', 'x'],
      [2, 4, '3', '"open'],
      [3, 5, '4', 'y'],
      [4, 6, '5', 'z'],
    ])
    expect(rows.map((row) => row.problem !== undefined)).toEqual([false, true, false, false])
    expect(rows[1]?.problem).toContain('line 4, column 2 "b": the quote (") that opens the value is never closed')
    expect(rows[1]?.problem).toContain('up to line 6')
  })

  it('lose no neighbours when a later quote seems to close an open one', async () => {
    const { rows } = await readAll('a,b,c\n1,"open,x\n2,y,z\n3,"quoted",z\n')
    expect(rows.map((row) => [row.line, ...cellsOf(row)])).toEqual([
      [2, '1', '"open', 'x'],
      [3, '2', 'y', 'z'],
      [4, '3', 'quoted', 'z'],
    ])
    expect(rows.map((row) => row.problem !== undefined)).toEqual([true, false, false])
    expect(rows[0]?.problem).toContain('on line 4')
  })

  it('name the line inside a record where a value is at fault', async () => {
    const { rows } = await readAll(Buffer.from('a,b\n"1\n2\n3",caf\xE9\n', 'latin1'))
    expect(rows[0]?.problem).toContain('line 4, column 2 "b": byte 0xE9 at character 4')
    expect(rows[0]?.line).toBe(2)
  })

  it('are too long from the same byte on, wherever the bytes are cut', async () => {
    for (const [length, tooLong] of [
      [9, false],
      [10, true],
      [11, true],
    ] as const) {
      for (const end of ['', '\n', '\r\n', '\r', '\n1,2\n']) {
        const text = `a,b\n1,${'x'.repeat(length - 2)}${end}`
        for (let size = 1; size <= text.length; size++) {
          const { rows } = await readAll(text, { maxRecordBytes: 10, sizes: [size] })
          expect(rows[0]?.problem !== undefined).toBe(tooLong)
          expect(rows).toHaveLength(end.length > 2 ? 2 : 1)
        }
      }
    }
  })

  it('are read on after an open quote ran up to the limit, in a bounded time', async () => {
    const sound = 'x,"y"\n'.repeat(20)
    const { rows } = await readAll(`a,b\n${sound}1,"open\n${'2,y\n'.repeat(200_000)}3,z\n`, { maxRecordBytes: 300_000 })
    expect(rows).toHaveLength(200_022)
    expect(rows.flatMap(({ row, problem }) => (problem === undefined ? [] : [row]))).toEqual([21])
    expect(rows.at(-1)).toEqual({ row: 200_022, line: 200_023, input: { kind: 'cells', cells: ['3', 'z'] } })
  })
})

describe('what a CSV writer writes', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc
      .array(fc.constantFrom('"', ',', '\n', '\r\n', '\r', 'é', ' ', 'x', '""', '\uFFFD', '\uFEFF'), { maxLength: 6 })
      .map((parts) => parts.join('')),
  )
  const record = fc.array(cell, { minLength: 3, maxLength: 3 }).filter(isRecord)
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 })
  const eol = fc.constantFrom('\n', '\r\n', '\r')

  it('comes back the same, on the right lines', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record), eol, fc.boolean(), sizes, async (records, end, quoteAll, cuts) => {
        const { text, lines } = write(records, { end, quoteAll })
        const { rows } = await readAll(`a,b,c${end}${text}`, { quote: '"', sizes: cuts })
        expect(rows).toEqual(
          records.map((cells, index) => ({ row: index + 1, line: lines[index], input: { kind: 'cells', cells } })),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('comes back the same around a record that is broken', async () => {
    const broken = fc.constantFrom('1', '1,2,3,4', '1,a"b,3', '1,"a"b,3', '1,\0\0,3', '"1,2,3', '1,2,"3', '1,""2,3')
    await fc.assert(
      fc.asyncProperty(fc.array(record), broken, fc.array(record), async (before, bad, after) => {
        // Sound text behind an open quote is taken for its value where no quote in it tells otherwise.
        const plain = after.map((cells) => cells.map((each) => each.replaceAll(/[",\r\n]/g, '')))
        const first = write(before, { end: '\n', quoteAll: false }).text
        const last = write(plain, { end: '\n', quoteAll: false }).text
        const { rows } = await readAll(`a,b,c\n${first}${bad}\n${last}`, { quote: '"' })
        expect(rows.map((row) => row.problem === undefined)).toEqual([
          ...before.map(() => true),
          false,
          ...plain.map(() => true),
        ])
        expect(rows.flatMap((row) => (row.problem === undefined ? [cellsOf(row)] : []))).toEqual([...before, ...plain])
      }),
      { numRuns: 300 },
    )
  })
})

function write(
  records: readonly (readonly string[])[],
  { end, quoteAll }: { end: string; quoteAll: boolean },
): { text: string; lines: number[] } {
  let line = 2
  const lines: number[] = []
  let text = ''
  for (const cells of records) {
    lines.push(line)
    const written = cells.map((each) => (quoteAll || /[",\r\n]/.test(each) ? `"${each.replaceAll('"', '""')}"` : each))
    text += written.join(',') + end
    line += 1 + cells.reduce((sum, each) => sum + each.split(/\r\n|\n|\r/).length - 1, 0)
  }
  return { text, lines }
}
