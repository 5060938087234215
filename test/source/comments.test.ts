import { expect, test } from 'vitest'
import { cellsOf, readAll } from './read-all.ts'

/** The first cells of what is sent, and of what is not; and what was passed over. */
async function read(text: string, options: Parameters<typeof readAll>[1] = {}) {
  const { rows, passedOver, columns } = await readAll(text, options)
  return {
    columns,
    sent: rows.filter(({ problem }) => problem === undefined).map((row) => cellsOf(row)[0]),
    told: rows.filter(({ problem }) => problem?.includes('commented out')).map((row) => cellsOf(row)[0]),
    passed: passedOver.map(({ what, rows: count, first_line: line }) => `${line} ${what} ${count}`),
  }
}

const MEMBERS = 'id,email,name\nM-1,a@x.com,Asha\n'

test.each(['# M-94', '#M-94', '-- M-94', '--M-94', '// M-94', '/* M-94'])(
  'a member behind %j is neither sent nor passed over, and it is said how to say which it is',
  async (id) => {
    const text = `${MEMBERS}${id},z@x.com,Zed\nM-2,b@x.com,Dev\n`
    expect(await read(text)).toMatchObject({ sent: ['M-1', 'M-2'], told: [id], passed: [] })
    expect(await read(text, { comment: 'none' })).toMatchObject({ sent: ['M-1', id, 'M-2'], told: [] })
    const comment = /^\W+/.exec(id)?.[0].trim() ?? ''
    expect(await read(text, { comment })).toMatchObject({ sent: ['M-1', 'M-2'], told: [], passed: ['3 comment 1'] })
    expect((await readAll(text)).rows[1]?.problem).toContain('`rows: { comment: none }` takes them for records')
  },
)

test.each(['--', '#', '//', '#N/A', '#REF!', '#NV', '#####', '-- none --', '--null--', '--+--'])(
  'a first cell that is %j is a word for nothing and no comment',
  async (word) => {
    const text = `${MEMBERS}${word},z@x.com,Zed\nM-2,b@x.com,Dev\n`
    expect(await read(text)).toMatchObject({ sent: ['M-1', word, 'M-2'], told: [], passed: [] })
  },
)

test('an id that stands alone in its row is no comment', async () => {
  const text = `${MEMBERS}#1005\nM-2,b@x.com,Dev\n`
  expect(await read(text)).toMatchObject({ sent: ['M-1', 'M-2'], passed: [] })
  expect((await readAll(text)).rows[1]?.problem).toBeDefined()
})

test('ids that begin so as a rule are ids, and what has a space behind it is none of them', async () => {
  const text = 'id,email\n#1001,a@x.com\n#1002,b@x.com\n# 1003,c@x.com\n#1004,d@x.com\n'
  expect(await read(text)).toMatchObject({ sent: ['#1001', '#1002', '#1004'], told: ['# 1003'] })
})

test('ids that begin so are ids, where most members have none', async () => {
  const text = 'card,email\n,a@x.com\n#12,b@x.com\n,c@x.com\n,d@x.com\n#13,e@x.com\n'
  expect(await read(text)).toMatchObject({ sent: ['', '#12', '', '', '#13'], told: [] })
})

test('comments of one text are passed over and counted, and so are those above the header', async () => {
  const text = `# exported by a CRM\n# host, port: db1, 5432\n${MEMBERS}# half-way\nM-2,b@x.com,Dev\n-- end\n`
  const found = await read(text)
  expect(found).toMatchObject({ columns: ['id', 'email', 'name'], sent: ['M-1', 'M-2'], told: [] })
  expect(found.passed).toEqual(['5 comment 1', '7 footer 1'])
})

test('a header may begin like a comment, and come again', async () => {
  const text = '#id,email,name\n1,a@x.com,Asha\n#id,email,name\n2,b@x.com,Dev\n'
  expect(await read(text)).toMatchObject({ sent: ['1', '2'], told: [], passed: ['3 header 1'] })
})

test('tables of InfluxDB are read below their annotations', async () => {
  const annotations =
    '#datatype,string,long,string,string,string\n#group,false,false,false,false,false\n#default,_result,,,,\n'
  const table = (at: number, ...rows: string[]) =>
    `${annotations},result,table,id,email,name\n${rows.map((row) => `,,${at},${row}\n`).join('')}`
  const text = `${table(0, 'M-1,a@x.com,Asha', 'M-2,b@x.com,Dev')}\n${table(1, 'M-3,c@x.com,Uma', 'M-4,d@x.com,Ravi')}`
  const { rows, columns, passedOver } = await readAll(text)
  expect(columns).toEqual(['', 'result', 'table', 'id', 'email', 'name'])
  expect(rows.map((row) => cellsOf(row)[3])).toEqual(['M-1', 'M-2', 'M-3', 'M-4'])
  expect(rows.flatMap(({ problem }) => problem ?? [])).toEqual([])
  expect(passedOver.map(({ what, rows: count }) => [what, count])).toEqual([
    ['comment', 3],
    ['header', 1],
  ])
})
