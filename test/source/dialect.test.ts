import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellsOf, isRecord, readAll } from './read-all.ts'

async function cells(text: string, options: Parameters<typeof readAll>[1] = {}) {
  const { rows, notes } = await readAll(text, options)
  return { rows: rows.map(cellsOf), problems: rows.flatMap(({ problem }) => problem ?? []), notes }
}

describe('the quote of a file that does not declare it', () => {
  it('is the double one where its cells hold quotes and line ends, whatever stands between apostrophes', async () => {
    const text = `id,name,note\n1,Asha,'vip'\n2,"Uma ""Mimi"" Das",'gold'\n3,Om,"line one\nline two"\n`
    expect(await cells(text)).toEqual({
      rows: [
        ['1', 'Asha', "'vip'"],
        ['2', 'Uma "Mimi" Das', "'gold'"],
        ['3', 'Om', 'line one\nline two'],
      ],
      problems: [],
      notes: [],
    })
  })

  it('is the apostrophe where the header, a whole column or a cell with a delimiter is in such', async () => {
    for (const text of [
      `'id';'name'\n'1';'Brown'\n`,
      `id;name;city\n'1';'Brown';Leeds\n'2';'Lee';York\n`,
      `id,name\n1,'Brown, Jr.'\n2,Lee\n`,
    ]) {
      expect((await cells(text)).notes.join()).toContain("quote '")
    }
  })

  it('is the grave accent likewise, and either may be escaped', async () => {
    expect(await cells('id,name,mail\n1,`Rao, Asha`,a@b.co\n2,Uma,u@b.co\n')).toMatchObject({
      rows: [
        ['1', 'Rao, Asha', 'a@b.co'],
        ['2', 'Uma', 'u@b.co'],
      ],
      notes: ['Read as quote `.'],
    })
    for (const mark of ["'", '`']) {
      const text = `'id','name','note'\n'1','"RJ" O\\'Neill','a,b'\n'2','Uma',\\N\n`.replaceAll("'", mark)
      expect(await cells(text)).toEqual({
        rows: [
          ['1', `"RJ" O${mark}Neill`, 'a,b'],
          ['2', 'Uma', ''],
        ],
        problems: [],
        notes: [`Read as quote ${mark}, escape \\.`],
      })
    }
  })

  it('is no apostrophe where names merely begin or end with one', async () => {
    const { rows, notes } = await cells(`id,name,city\n1,'t Hart,'s-Gravenhage\n2,O'Neill,Leeds\n3,Jans',York\n`)
    expect(notes).toEqual([])
    expect(rows[0]).toEqual(['1', "'t Hart", "'s-Gravenhage"])
  })

  it('is none in a dump, where quotes stand anywhere and join nothing', async () => {
    for (const [mark, name] of [
      ['\t', 'tab'],
      ['|', '|'],
      ['\u0001', 'U+0001'],
    ] as const) {
      const lines = ['id,name,phone', '1,"RJ" Rao,987', '2,"Dev",988', '3,"open,989', '4,close",990', '5,5" pipe,991']
      const { rows, notes } = await cells(lines.join('\n').replaceAll(',', mark))
      expect(notes).toEqual([`Read as delimiter ${name}, quote none.`])
      expect(rows).toEqual(lines.slice(1).map((line) => line.split(',')))
    }
  })

  it('is none in a dump whose values hold line ends and its own delimiter, as no quoting makes records of these', async () => {
    const lines = ['id,name,note', '1,"RJ" Rao,one', 'two', '2,Dev,', '3,"open,a', '4,close",x,y', '5,Lee,']
    const { rows, problems, notes } = await cells(lines.join('\n').replaceAll(',', '\t'))
    expect(notes).toEqual(['Read as delimiter tab, quote none.'])
    expect(rows.map(([id, name]) => [id, name])).toEqual([
      ['1', '"RJ" Rao'],
      ['two', ''],
      ['2', 'Dev'],
      ['3', '"open'],
      ['4', 'close"'],
      ['5', 'Lee'],
    ])
    expect(problems.length).toBe(2)
  })

  it('stays the double one in tabs where cells are quoted for a reason, and a fault is a fault', async () => {
    const text = 'id\tname\tnote\n1\t"a ""b"" c"\tx\n2\t"with\ttab"\ty\n3\t5" pipe\tz\n'
    const { rows, problems } = await cells(text)
    expect(rows.slice(0, 2)).toEqual([
      ['1', 'a "b" c', 'x'],
      ['2', 'with\ttab', 'y'],
    ])
    expect(problems).toEqual([expect.stringContaining('line 4, column 2 "name": a quote (") stands inside')])
    expect(problems[0]).not.toContain('quote: none')
  })
})

describe('a quote where nothing shows that values are quoted', () => {
  const plain = Array.from({ length: 30_000 }, (_, at) => `${at},a,b\n`).join('')

  it('far behind the first rows never makes one member of two', async () => {
    const text = `id,name,phone\n${plain}x1,"open,987\nx2,close",988\nx3,c,989\n`
    for (const sizes of [[], [1000]]) {
      const { rows } = await readAll(text, { sizes })
      expect(rows.slice(-3).map((row) => [row.line, ...cellsOf(row)])).toEqual([
        [30_002, 'x1', '"open', '987'],
        [30_003, 'x2', 'close"', '988'],
        [30_004, 'x3', 'c', '989'],
      ])
      const [first, second, third] = rows.slice(-3).map(({ problem }) => problem)
      expect(first).toContain(
        'line 30002, column 2 "name": the value opens with a quote (") that is closed on line 30003',
      )
      expect(first).toContain('rows: { quote: none }')
      expect(second).toContain('rows: { quote: none }')
      expect(third).toBeUndefined()
    }
  })

  it('never makes one member of two in a dump, whatever stands on the first and the last of its lines', async () => {
    const lines = `id,name,note\n${plain}x1,"open,a\nx2,close",b,c\nx3,c,\n`.replaceAll(',', '\t')
    const { rows } = await readAll(lines)
    expect(rows.slice(-3).map((row) => cellsOf(row)[0])).toEqual(['x1', 'x2', 'x3'])
    expect(rows.at(-3)?.problem).toContain('rows: { quote: none }')
  })

  it('holds a value of several lines that are no records by themselves, and anything where the plan says so', async () => {
    const address = `id,name,phone\n${plain}x1,"12 High St\nLeeds, UK",987\n`
    expect((await cells(address)).rows.at(-1)).toEqual(['x1', '12 High St\nLeeds, UK', '987'])
    const joined = `id,name,phone\nx1,"open,987\nx2,close",988\n`
    expect((await cells(joined, { quote: '"' })).rows).toEqual([['x1', 'open,987\nx2,close', '988']])
  })

  it('is told with the key that says there are none', async () => {
    const { problems } = await cells('id,name\n1,Raj "RJ" Rao\n2,Dev\n')
    expect(problems).toEqual([expect.stringContaining('say so in the plan: `rows: { quote: none }`')])
  })
})

describe('backslashes', () => {
  it('are found out beside quotes that would join members', async () => {
    for (const mark of [',', '\t', '|']) {
      const text =
        'id,name,mail,note\n1,"RJ" Rao,r@b.co,one\\\ntwo\n2,"open,\\N,x\n3,close",u@b.co,a\\,b\n4,C:\\\\m,,\n'
      const { rows, problems, notes } = await cells(text.replaceAll(',', mark))
      expect(problems).toEqual([])
      expect(notes.join()).toContain('escape \\.')
      expect(rows).toEqual([
        ['1', '"RJ" Rao', 'r@b.co', 'one\ntwo'],
        ['2', '"open', '', 'x'],
        ['3', 'close"', 'u@b.co', `a${mark}b`],
        ['4', 'C:\\m', '', ''],
      ])
    }
  })

  it('of a database’s dump are found out', async () => {
    const dump =
      'id\tname\tmail\tnote\n1\tAsha\ta@b.co\tone\\ntwo\n2\tDev\t\\N\tC:\\\\members\n3\tUma\t\\N\ttab\\there\n'
    expect(await cells(dump)).toEqual({
      rows: [
        ['1', 'Asha', 'a@b.co', 'one\ntwo'],
        ['2', 'Dev', '', 'C:\\members'],
        ['3', 'Uma', '', 'tab\there'],
      ],
      problems: [],
      notes: ['Read as delimiter tab, escape \\.'],
    })
  })

  it('before line ends, delimiters and quotes are found out, in quotes and without them', async () => {
    expect((await cells('id\tname\n1\tone\\\ntwo\n2\tx\n')).rows).toEqual([
      ['1', 'one\ntwo'],
      ['2', 'x'],
    ])
    expect((await cells('id,name,city\n1,Brown\\, Jr.,x\\\\y\n2,Lee,York\n')).rows).toEqual([
      ['1', 'Brown, Jr.', 'x\\y'],
      ['2', 'Lee', 'York'],
    ])
    // As Informix's UNLOAD writes them: nothing but a record's width shows it.
    expect(await cells('id|name|city\n1|Rao \\| Co|Pune\n2|Lee|York\n')).toEqual({
      rows: [
        ['1', 'Rao | Co', 'Pune'],
        ['2', 'Lee', 'York'],
      ],
      problems: [],
      notes: ['Read as delimiter |, escape \\.'],
    })
    const quoted = await cells('"id","name"\n"1","say \\"no\\", ok"\n"2","C:\\\\x"\n"3",\\N\n')
    expect(quoted.rows).toEqual([
      ['1', 'say "no", ok'],
      ['2', 'C:\\x'],
      ['3', ''],
    ])
    expect(quoted.notes).toEqual(['Read as escape \\.'])
  })

  it('are characters like any other in paths, in values of RFC 4180, and where the plan says so', async () => {
    for (const text of [
      'id\tpath\n1\tC:\\new\\table\n2\tD:\\temp\n',
      'id,path\n1,"C:\\new, old"\n2,"a ""b"" \\n"\n',
      'id\tpath\n1\t\\\\server\\share\n2\tx\n',
      'id|path|name\n1|new\\|Asha\n2|old\\|Uma\n',
    ]) {
      const { notes, rows } = await cells(text)
      expect(notes.join()).not.toContain('escape')
      expect(rows.flat().join()).toContain('\\')
    }
    const dump = 'id\tname\n1\t\\N\n'
    expect((await cells(dump, { escape: 'none' })).rows).toEqual([['1', '\\N']])
  })

  it('that hide a NUL make the row a problem', async () => {
    const { problems } = await cells('id\tname\n1\ta\\0b\n2\tc\\\\d\n')
    expect(problems).toEqual([expect.stringContaining('line 2, column 2 "name": the value holds a NUL')])
  })
})

/** How programs write a cell of such a dump. */
const writers = {
  'PostgreSQL’s COPY': (cell: string) =>
    cell.replaceAll(/[\\\n\r\t]/g, (sign) => `\\${{ '\n': 'n', '\r': 'r', '\t': 't' }[sign] ?? sign}`),
  'MariaDB’s OUTFILE': (cell: string) => cell.replaceAll(/[\\\n\t]/g, (sign) => `\\${sign}`),
} as const

describe.for(Object.entries(writers))('what %s writes', ([, write]) => {
  it('is read back, for any cut', async () => {
    const cell = fc
      .array(fc.constantFrom('\\', '\n', '\r\n', '\t', 'N', 'n', 't', '"', 'é', '李', ' ', 'x'), { maxLength: 6 })
      .map((parts) => parts.join(''))
    const record = fc.tuple(cell, cell, cell).filter(isRecord)
    const records = fc.array(record, { maxLength: 8 })
    const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 })
    const law = fc.asyncProperty(records, sizes, async (rows, cuts) => {
      const text = [['a', 'b', 'c'], ...rows.map((row) => row.map(write))].map((row) => `${row.join('\t')}\n`).join('')
      const read = await readAll(text, { delimiter: '\t', quote: 'none', escape: '\\', sizes: cuts })
      expect(read.rows.map(cellsOf)).toEqual(rows)
      expect(read.rows.every(({ problem }) => problem === undefined)).toBe(true)
    })
    await fc.assert(law, { numRuns: 500 })
  })
})

describe('a lost quote in a file whose values are in quotes for a reason', () => {
  const text =
    'id,name,note,phone\n1,"Rao, Asha",x,9876543210\n2,Dev,"open,9876543212\n3,Om,y,9876543213\n4,Uma,close",9876543214\n5,Ira,z,9876543215\n'

  it('joins no members: each line is a record, and the two at its ends are told', async () => {
    for (const sizes of [[], [1], [9, 40]]) {
      const { rows, problems } = await cells(text, { sizes })
      expect(rows.map(([id]) => id)).toEqual(['1', '2', '3', '4', '5'])
      expect(problems).toEqual([
        expect.stringContaining('line 3, column 3 "note": the value opens with a quote (") that is closed on line 5'),
        expect.stringContaining('line 5, column 3 "note": a quote'),
      ])
    }
    const declared = await cells(text, { quote: '"' })
    expect(declared.rows.map(([id]) => id)).toEqual(['1', '2', '5'])
  })

  it('is none where a text of several lines holds as many commas, or is no record', async () => {
    for (const note of ['12 Main St, Pune\nFlat, 3', 'a, b\nc', 'x\n\ny']) {
      const { rows, problems } = await cells(
        `id,name,note,phone\n1,"Rao, Asha","${note}",9876543210\n2,Dev,z,9876543211\n`,
      )
      expect({ problems, notes: rows.map((row) => row[2]) }).toEqual({ problems: [], notes: [note, 'z'] })
    }
  })
})

describe('a delimiter of several characters', () => {
  it.for([
    ['id~|~name~|~mail\n1~|~Asha~|~a@b.co\n2~|~Dev~|~\n', '"~|~"'],
    ['id#;name#;mail\n1#;Asha#;a@b.co\n', '"#;"'],
    ['id,*name,*mail\n1,*Asha,*a@b.co\n', '",*"'],
  ] as const)('is refused: %j', async ([text, delimiter]) => {
    await expect(readAll(text, { name: 'm.csv' })).rejects.toThrow(`The values of m.csv are divided by ${delimiter}`)
  })

  it('is none where a value lacks the sign, or the plan says the delimiter', async () => {
    expect((await cells('id#,#name\n1#,Asha\n')).problems).toEqual([])
    expect((await cells('id#,name#,mail\n1#,Asha,\n')).problems).toEqual([])
    expect((await cells('="id",="name",="mail"\n="1",="Asha",="a@b.co"\n', { quote: 'none' })).rows).toHaveLength(1)
    expect((await cells('"=""id""","=""name""","=""mail"""\n"=""1""","=""Asha""","=""a@b.co"""\n')).rows).toHaveLength(
      1,
    )
    expect((await cells('id~|~name\n1~|~Asha\n', { delimiter: '|' })).problems).toEqual([])
  })
})

describe('a table that is read as one column', () => {
  it.for([
    ['"id,name"\n"1,Asha"\n"2,Dev"\n', 'Each line of m.csv stands in quotes as a whole'],
    ['"id,""name"",mail"\n"1,""Rao, A"",a@b.co"\n"2,Dev,d@b.co"\n', 'Each line of m.csv stands in quotes as a whole'],
    ['id:name:mail\n1:Asha:a@b.co\n2:Dev:d@b.co\n', '":" divides all of them alike: say `rows: { delimiter: ":" }`'],
    [
      'ID    NAME   MAIL\nA1    Asha   a@b.co\nA2    Dev    d@b.co\n',
      'their values stand below each other, with spaces between',
    ],
    // pandas, with a comma in a value; Miller's pprint, with a quote in one.
    [
      '  id   name      mail\n0  A1   Asha    a@b.co\n1  A2   Rao, D  d@b.co\n',
      'their values stand below each other, with spaces between',
    ],
    [
      'id name         mail\nA1 Uma "M" Das a@b.co\nA2 Dev         d@b.co\n',
      'their values stand below each other, with spaces between',
    ],
    ['id   A1\nname Asha\nmail a@b.co\n\nid   A2\nname Rao, D\nmail\n', '"id", "name" …'],
    ['Id   : A1\nName : Asha\nMail :\n\nId   : A2\nName : Dev\nMail : d@b.co\n', '"Id", "Name" …'],
    ['id\x1Cname\n1\x1CAsha\n2\x1CDev\n', '"U+001C" divides all of them alike: say `rows: { delimiter: "\\x1c" }`'],
    ['þidþ\x14þnameþ\nþ1þ\x14þAshaþ\n', '"U+0014" divides all of them alike: say `rows: { delimiter: "\\x14" }`'],
    ['id،name،mail\n1،Asha،a@b.co\n2،Dev،d@b.co\n', '"،" divides all of them alike: put commas in its place'],
  ] as const)('is refused: %j', async ([text, says]) => {
    await expect(readAll(text, { name: 'm.csv' })).rejects.toThrow(says)
  })

  it('is none where its cells hold such signs by chance', async () => {
    for (const text of [
      '"mail"\n"a@b.co"\n"d@b.co"\n',
      'url\nhttps://a.co\n',
      'note\na: b\nc: d\n',
      'Full Name\nAsha Rao\nFull Moon\nDev Nair\n',
      'note\nVIP: yes\nnote\nVIP: no\n',
      'name\nAsha  Rao\nDev  Nair\n',
      '"a,b"\n"c"\n"d,e"\n',
    ]) {
      expect((await cells(text)).problems).toEqual([])
    }
    const { rows } = await cells('id:name:mail\n1:Asha:a@b.co\n', { delimiter: ':' })
    expect(rows).toEqual([['1', 'Asha', 'a@b.co']])
  })
})

it('bytes in octal digits are the characters that they write, as in .mode tcl of SQLite', async () => {
  const { rows, problems } = await cells(
    '"id" "name" "note"\n"1" "Zo\\303\\253" "a \\"b\\""\n"2" "\\346\\235\\216" "\\\\303"\n"3" "\\303" "\\12"\n',
  )
  expect(rows).toEqual([
    ['1', 'Zoë', 'a "b"'],
    ['2', '李', '\\303'],
    ['3', '\uFFFD', '12'],
  ])
  expect(problems).toEqual([])
})

it('a NUL that is a whole cell is an empty text, as bcp of SQL Server writes it', async () => {
  const { rows, problems } = await cells('id\tname\tmail\n1\t\0\ta@b.co\n2\tDev\t\0\n3\tUm\0a\tu@b.co\n')
  expect(rows.slice(0, 2)).toEqual([
    ['1', '', 'a@b.co'],
    ['2', 'Dev', ''],
  ])
  expect(problems).toEqual([expect.stringContaining('line 4, column 2 "name": the value holds a NUL byte')])
})

it('"N, which MySQL writes for NULL where a quote escapes, is called by its name', async () => {
  const { rows, problems } = await cells(
    'id,name,born,mail\n1,"Asha","N,"a@b.co"\n2,"Dev","x","d@b.co"\n3,"Uma","N,"N\n4,"Om","y","o@b.co"\n',
  )
  expect(problems.map((text) => text.slice(0, 63))).toEqual([
    'line 2, column 3 "born": "N is how MySQL and MariaDB write NULL',
    'line 4, column 3 "born": "N is how MySQL and MariaDB write NULL',
  ])
  expect(rows).toHaveLength(4)
})

it('an escaped quote alone shows that a backslash escapes, as COPY with ESCAPE writes it', async () => {
  const { rows, problems, notes } = await cells('id,name,note\n1,Asha,"say \\"hi\\""\n2,Dev,\n')
  expect({ rows, problems }).toEqual({
    rows: [
      ['1', 'Asha', 'say "hi"'],
      ['2', 'Dev', ''],
    ],
    problems: [],
  })
  expect(notes).toEqual(['Read as escape \\.'])
})

describe('a backslash outside quotes', () => {
  it('is a character like any other where COPY with ESCAPE writes one, and not before what Python escapes', async () => {
    const copy =
      'id,name,note,mail\n1,Asha,"say \\"hi\\", \\\\o/",C:\\new\\members\n2,Dev,\\N,C:\\dir\\\n3,"x\\\\","a, b",u@b.co\n'
    for (const sizes of [[], [1], [7, 30]]) {
      expect(await cells(copy, { sizes })).toEqual({
        rows: [
          ['1', 'Asha', 'say "hi", \\o/', 'C:\\new\\members'],
          ['2', 'Dev', '', 'C:\\dir\\'],
          ['3', 'x\\', 'a, b', 'u@b.co'],
        ],
        problems: [],
        notes: ['Read as escape \\.'],
      })
    }
    const python = await cells('id,name,note\n1,Asha,"say \\"hi\\", you"\n2,a\\\\b,x\n')
    expect(python.rows[1]).toEqual(['2', 'a\\b', 'x'])
  })
})
