import type { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import type { SourceRow } from '../../src/model.ts'
import { openSource } from '../../src/source/open-source.ts'
import type { SourceOptions } from '../../src/source/source-options.ts'
import { readNumberFormats } from '../../src/source/workbook/number-formats.ts'
import type { NumberFormat } from '../../src/source/workbook/number-formats.ts'
import { numberText } from '../../src/source/workbook/number-text.ts'
import { readSheet } from '../../src/source/workbook/read-sheet.ts'
import type { SheetRow } from '../../src/source/workbook/workbook.ts'
import { readSharedStrings } from '../../src/source/workbook/shared-strings.ts'

async function* give(xml: string, size = xml.length): AsyncGenerator<Buffer, void, undefined> {
  const bytes = Buffer.from(xml)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

function text(value: number, format: NumberFormat, from1904 = false): string {
  return numberText(value, format, { from1904 })
}

/** The format that a workbook with this code gives a cell. */
async function formatOf(code: string): Promise<NumberFormat | undefined> {
  const xml = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="${code}"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>`
  const [format] = await readNumberFormats(give(xml))
  return format
}

describe('a number format', () => {
  test.for([
    ['General', 'plain'],
    ['#,##0.00', 'plain'],
    ['0%', 'plain'],
    ['0.00E+00', 'plain'],
    ['[Red]0;[Blue]-0', 'plain'],
    ['&quot;days&quot; 0', 'plain'],
    ['00000', 'padded'],
    ['dd/mm/yyyy', 'date'],
    ['[$-409]d-mmm-yy;@', 'date'],
    ['mmmm', 'date'],
    ['yyyy\\-mm\\-dd\\ hh:mm', 'datetime'],
    ['h:mm AM/PM', 'time'],
    ['[h]:mm:ss', 'time'],
  ])('%s is %s', async ([code = '', kind]) => {
    expect((await formatOf(code))?.kind).toBe(kind)
  })

  test('has a meaning by its number alone', async () => {
    const xml = `<styleSheet><cellXfs>${[0, 14, 20, 22, 49].map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`
    const kinds = (await readNumberFormats(give(xml))).map(({ kind }) => kind)
    expect(kinds).toEqual(['plain', 'date', 'time', 'datetime', 'plain'])
  })
})

describe('a number', () => {
  test('is a day of either calendar of Excel', () => {
    expect(text(1, { kind: 'date' })).toBe('1900-01-01')
    expect(text(59, { kind: 'date' })).toBe('1900-02-28')
    expect(text(61, { kind: 'date' })).toBe('1900-03-01')
    expect(text(45_423.99, { kind: 'date' })).toBe('2024-05-11')
    expect(text(43_961, { kind: 'date' }, true)).toBe('2024-05-11')
  })

  test('shows the time that its format hides where it makes the day doubtful', () => {
    // 10 May in India, as JavaScript writes it, and the same some seconds early.
    expect(text(32_272 + 18.5 / 24, { kind: 'date' })).toBe('1988-05-09 18:30:00')
    expect(text(32_272 + 86_390 / 86_400, { kind: 'date' })).toBe('1988-05-09 23:59:50')
    expect(text(32_272 + 86_399 / 86_400, { kind: 'date' })).toBe('1988-05-09')
    expect(text(32_272 + 36_001 / 86_400, { kind: 'date' })).toBe('1988-05-09')
  })

  test('is a time to the second, which may be the next day', () => {
    expect(text(45_423.692_141_203_7, { kind: 'datetime' })).toBe('2024-05-11 16:36:41')
    expect(text(45_423.999_999_9, { kind: 'datetime' })).toBe('2024-05-12 00:00:00')
    expect(text(0.5, { kind: 'time' })).toBe('12:00:00')
    expect(text(1.25, { kind: 'time' })).toBe('30:00:00')
  })

  test('has all its digits, and its zeros in front', () => {
    expect(text(0.1 + 0.2, { kind: 'plain' })).toBe('0.30000000000000004')
    expect(text(42, { kind: 'padded', digits: 5 })).toBe('00042')
    expect(text(-1, { kind: 'date' })).toBe('-1')
  })
})

test('a sheet is read however its XML is written and cut', async () => {
  const texts = await readSharedStrings(
    give(
      '<sst><si><t>plain</t></si><si><r><t>rich</t></r><r><t xml:space="preserve"> text</t></r><rPh><t>furigana</t></rPh></si><si><t>a_x000D_b</t></si></sst>',
    ),
  )
  const xml =
    '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="3"><x:c r="B3" t="s"><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:t>Zoë</x:t></x:is></x:c></x:row>' +
    '<x:row><x:c t="s"><x:v>2</x:v></x:c><x:c t="s"><x:v>9</x:v></x:c><x:c><x:f>A1</x:f></x:c></x:row><x:row r="9"/></x:sheetData></x:worksheet>'
  for (const size of [xml.length, 1, 7]) {
    const rows: SheetRow[] = []
    for await (const some of readSheet(give(xml, size), { texts, formats: [], from1904: false })) rows.push(...some)
    expect(rows.map(({ number, cells }) => [number, Array.from(cells, (cell) => cell ?? '')])).toEqual([
      [3, ['', 'rich text', 'Zoë']],
      [4, ['a\rb']],
    ])
    expect(rows[1]?.faults.map(({ column }) => column)).toEqual([1, 2])
  }
})

describe('a cell', () => {
  test.each([
    ['1', 'TRUE'],
    ['0', 'FALSE'],
    ['true', 'TRUE'],
    ['false', 'FALSE'],
    ['TRUE', 'TRUE'],
    ['maybe', 'the cell is to hold true or false, and holds neither'],
  ])('that holds the boolean %s is %s', async (value, read) => {
    expect(await cellOf(`<c t="b"><v>${value}</v></c>`)).toBe(read)
  })

  test.each([
    '<c t="e"><v>#N/A</v></c>',
    '<c t="str"><f>VLOOKUP(1,A:B,2)</f><v>#N/A</v></c>',
    '<c t="inlineStr"><is><t>#REF!</t></is></c>',
  ])('that holds an error in %s has a problem', async (xml) => {
    expect(await cellOf(xml)).toMatch(/^the cell holds the error #(?:N\/A|REF!); a value was expected$/)
  })

  test('whose formula was not worked out has a problem, also where 0 stands in its place', async () => {
    const zero = '<c><f>A1+1</f><v>0</v></c>'
    expect(await cellOf(zero, true)).toContain(
      'a formula that was not worked out: the program that wrote the workbook put 0',
    )
    expect(await cellOf(zero, false)).toBe('0')
    expect(await cellOf('<c><f>A1+1</f><v>7</v></c>', true)).toBe('7')
    expect(await cellOf('<c><v>0</v></c>', true)).toBe('0')
    expect(await cellOf('<c><f>A1+1</f></c>')).toContain('a formula without its result')
  })
})

test.each([
  ['B2', '_x0000_', 'line 2, column 2 "name": the value holds the character U+0000', 'x\uFFFD'],
  ['B2', '_xD83D_', 'line 2, column 2 "name": the value holds half of a character (U+D83D', 'x\uFFFD'],
  ['B2', '_xD83D__xDE00_', undefined, 'x\u{1F600}'],
])('a row is invalid where a cell holds what is no character: %s %s', async (_cell, escape, problem, shown) => {
  const rows = await readRows('name', `x${escape}`)
  expect(rows.map((row) => row.input)).toEqual([
    { kind: 'cells', cells: ['1', shown] },
    { kind: 'cells', cells: ['2', 'fine'] },
  ])
  expect(rows[1]?.problem).toBeUndefined()
  if (problem === undefined) expect(rows[0]?.problem).toBeUndefined()
  else expect(rows[0]?.problem).toContain(problem)
})

test('an error is no fault of its row where the plan takes it for nothing', async () => {
  const [row] = await readRows('name', '#N/A', { empty: ['NULL', '#N/A'] })
  expect(row).toEqual({ row: 1, line: 2, input: { kind: 'cells', cells: ['1', '#N/A'] } })
  const [other] = await readRows('name', '#REF!', { empty: ['#N/A'] })
  expect(other?.problem).toContain('the cell holds the error #REF!')
})

test('a header is refused where a name holds what is no character', async () => {
  await expect(readRows('na_x0000_me', 'x')).rejects.toThrow('line 1, column 2: the name holds the character U+0000')
})

test('rows that are hidden are read, and it is said', async () => {
  const hidden = {
    S: [
      ['id', 'mail'],
      ['1', 'a@example.com'],
      ['2', 'd@example.com'],
    ],
  }
  const { rows, notes } = await readBook(hidden, {}, (xml) =>
    xml.replace(/<row>(?=(?:(?!<row>).)*>2<)/, '<row hidden="1">'),
  )
  expect(rows).toHaveLength(2)
  expect(notes[1]).toContain('Rows of the sheet are hidden, as where a filter is on: they are read like the others.')
  expect((await readBook(hidden)).notes).toHaveLength(1)
})

test('labels right below the header are no row', async () => {
  const member = ['1', 'Asha', 'a@example.com', '9876543210']
  const { rows } = await readBook({
    S: [['KUNNR', 'NAME1', 'SMTP_ADDR', 'TEL'], ['Customer', 'Name', 'E-mail', 'Phone'], member],
  })
  expect(rows.map(({ input }) => input)).toEqual([{ kind: 'cells', cells: member }])
})

describe('of several sheets', () => {
  const members = [
    ['id', 'name', 'mail'],
    ['1', 'Asha', 'a@example.com'],
    ['2', 'Dev', 'd@example.com'],
    ['3', 'Uma', 'u@example.com'],
    ['4', 'Om', 'o@example.com'],
  ]
  const summary = [
    ['Tier', 'Members'],
    ['Gold', '3'],
    ['Silver', '1'],
  ]

  test('the members are read, and not a summary before them', async () => {
    const { rows, notes } = await readBook({ Summary: summary, Members: members, Log: summary })
    expect(rows).toHaveLength(4)
    expect(notes).toEqual([
      'Read as sheet "Members", number 2 of 3.',
      'Of the sheets before it, "Summary" holds a short table without e-mails and phones. To read another one: `rows: { sheet: … }`.',
    ])
  })

  test('the first table is read where the next is shorter, or has no e-mails and phones either', async () => {
    const ids = [['id', 'program'], ...Array.from({ length: 9 }, (_, at) => [`A${at}`, 'Miles'])]
    expect((await readBook({ Links: ids, Staff: members })).rows).toHaveLength(9)
    expect((await readBook({ Tiers: summary, Links: ids })).rows).toHaveLength(2)
    expect((await readBook({ Members: members, Summary: summary })).notes).toEqual([
      'Read as sheet "Members", the first of 2.',
    ])
  })

  test('those behind it that hold members too are named, as where a report is divided into pages', async () => {
    const links = [
      ['id', 'program'],
      ['A1', 'Miles'],
      ['A2', 'Miles'],
    ]
    expect(await notesBehind({ Pune: members, Tiers: summary, Goa: members.slice(0, 2) })).toEqual([
      '"Goa" seems to hold members too, which are not read. Import that sheet by itself: `rows: { sheet: "Goa" }` in a plan of its own.',
    ])
    expect(await notesBehind({ 1: members, 2: members, 3: members })).toEqual([
      '"2", "3" seem to hold members too, which are not read. Import each of these sheets by itself: `rows: { sheet: "2" }` in a plan of its own.',
    ])
    // Of the same columns, though nobody in them has an e-mail or a phone.
    expect(await notesBehind({ A: links, B: links })).toEqual([
      expect.stringContaining('"B" seems to hold members too'),
    ])
    expect(await notesBehind({ Members: members, Empty: members.slice(0, 1), Links: links })).toEqual([])
  })
})

/** What is said beside which sheet is read. */
async function notesBehind(sheets: Parameters<typeof readBook>[0]): Promise<readonly string[]> {
  return (await readBook(sheets)).notes.slice(1)
}

function sheetRow(...cells: readonly string[]): string {
  return `<row>${cells.map((value) => `<c t="inlineStr"><is><t>${value}</t></is></c>`).join('')}</row>`
}

/** The rows of a workbook of two columns and two rows. */
async function readRows(header: string, cell: string, declared: SourceOptions = {}): Promise<readonly SourceRow[]> {
  return (
    await readBook(
      {
        S: [
          ['id', header],
          ['1', cell],
          ['2', 'fine'],
        ],
      },
      declared,
    )
  ).rows
}

type Cells = readonly (readonly string[])[]

/** What is read of a workbook with these sheets, by name. */
async function readBook(
  sheets: Readonly<Record<string, Cells>>,
  declared: SourceOptions = {},
  change = (xml: string) => xml,
): Promise<{ readonly rows: readonly SourceRow[]; readonly notes: readonly string[] }> {
  const names = Object.keys(sheets)
  const archive = new ZipFile()
  const add = (path: string, xml: string) => archive.addBuffer(Buffer.from(xml), path)
  const listed = names.map((name, at) => `<sheet name="${name}" r:id="r${at}"/>`).join('')
  add('xl/workbook.xml', `<workbook><sheets>${listed}</sheets></workbook>`)
  const related = names.map((_, at) => `<Relationship Id="r${at}" Target="worksheets/sheet${at}.xml"/>`).join('')
  add('xl/_rels/workbook.xml.rels', `<Relationships>${related}</Relationships>`)
  for (const [at, name] of names.entries()) {
    const rows = (sheets[name] ?? []).map((cells) => sheetRow(...cells)).join('')
    add(`xl/worksheets/sheet${at}.xml`, change(`<worksheet><sheetData>${rows}</sheetData></worksheet>`))
  }
  archive.end()
  const source = await openSource(archive.outputStream as Readable, declared)
  try {
    const rows: SourceRow[] = []
    for await (const chunk of source.chunks()) rows.push(...chunk)
    return { rows, notes: source.notes }
  } finally {
    await source.close()
  }
}

/** What a cell of a sheet holds, or what is wrong with it. */
async function cellOf(xml: string, isUnworked = false): Promise<string | undefined> {
  const sheet = `<worksheet><sheetData><row r="1">${xml}</row></sheetData></worksheet>`
  const context = { texts: { get: () => undefined }, formats: [], from1904: false, isUnworked }
  for await (const [row] of readSheet(give(sheet), context)) {
    if (row !== undefined) return row.faults[0]?.problem ?? row.cells[0]
  }
  return undefined
}
