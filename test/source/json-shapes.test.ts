import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAll, valueOf } from './read-all.ts'

const asha = { member_no: '00123', first_name: 'Asha' }
const dev = { member_no: '00124', first_name: 'Dev', tags: ['a', { b: 1 }] }
const pretty = (value: unknown) => JSON.stringify(value, undefined, 2)

/** What is read of a text, cut in several ways. */
async function read(content: string | object, options: Parameters<typeof readAll>[1] = {}) {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  const whole = await readAll(text, options)
  for (const sizes of [[1], [7, 100]]) expect(await readAll(text, { ...options, sizes })).toEqual(whole)
  return {
    values: whole.rows.map(valueOf),
    problems: whole.rows.flatMap(({ problem }) => problem ?? []),
    notes: whole.notes.join(' '),
    lines: whole.rows.map(({ line }) => line),
  }
}

describe('a list of objects within a JSON object', () => {
  it.for([
    ['data', { data: [asha, dev], meta: { count: 2 } }],
    ['members', { members: [asha, dev] }],
    ['members', { status: 'ok', total: 2, nextPageToken: null, members: [asha, dev], errors: [] }],
    ['response.customers', { response: { customers: [asha, dev], links: [{ rel: 'self' }] }, success: true }],
    ['data', { schema: { fields: [{ name: 'member_no', type: 'string' }] }, data: [asha, dev] }],
    ['hits.hits', { took: 3, timed_out: false, hits: { total: { value: 2 }, hits: [asha, dev] } }],
    ['value', { '@odata.context': 'https://x/$metadata#members', value: [asha, dev] }],
    ['Kunden', { Kunden: [asha, dev] }],
  ] as const)('is taken, and said: %s', async ([path, content]) => {
    for (const text of [JSON.stringify(content), pretty(content), ` ${pretty(content)}\r\n`]) {
      const { values, problems, notes } = await read(text, { name: 'members.json' })
      expect({ values, problems }).toEqual({ values: [asha, dev], problems: [] })
      expect(notes).toBe(`Read as the list "${path}" in a JSON object.`)
    }
  })

  it('is taken where it is empty: an export of nobody', async () => {
    expect(await read({ data: [], meta: { count: 0 } })).toMatchObject({ values: [], problems: [] })
    expect((await read({ tags: [], member_no: '1' })).values).toHaveLength(1)
    expect((await read({ leeds: [], york: [] })).values).toHaveLength(1)
  })

  it('stays a field where the object is a record: a member, or what the API takes', async () => {
    for (const record of [
      { member_no: '1', email: 'a@b.co', orders: [{ sku: 1 }, { sku: 2 }] },
      { profiles: [{ firstName: 'Asha', identifiers: [{ type: 'mobile', value: '919876543210' }] }] },
      { profiles: [{ identifiers: [] }], loyaltyProgramEnrollments: [{ programId: 1 }] },
    ]) {
      for (const text of [JSON.stringify(record), pretty(record)]) expect((await read(text)).values).toEqual([record])
    }
    expect((await read({ member_no: '1', orders: [{ sku: 1 }, { sku: 2 }] })).notes).toContain(
      'say `rows: { path: orders }`',
    )
  })

  it('is asked for where there are several, and taken where the plan says', async () => {
    const content = { leeds: [asha], york: [dev, dev], version: 2 }
    await expect(readAll(JSON.stringify(content))).rejects.toThrow(
      'several lists of objects: `leeds` (1), `york` (2). Say in the plan which one holds the members: `rows: { path: leeds }`',
    )
    expect((await read(content, { path: 'york' })).values).toEqual([dev, dev])
    expect((await read(content, { path: '.' })).values).toEqual([content])
    await expect(readAll(JSON.stringify(content), { path: 'hull' })).rejects.toThrow('Its lists are: leeds, york.')
  })

  it('that goes on beyond what is looked at is read to its end, and another one behind it is told', async () => {
    const members = Array.from({ length: 20_000 }, (_, at) => ({ member_no: String(at), name: 'Zoë [{' }))
    const { rows } = await readAll(pretty({ data: members, links: [{ rel: 'next' }], count: 1, text: '[{' }))
    expect(rows.map(valueOf)).toEqual(members)
    expect(rows.every(({ problem }) => problem === undefined)).toBe(true)
    const two = await readAll(pretty({ data: members, deleted: [asha] }), { sizes: [1000, 7] })
    expect(two.rows).toHaveLength(20_001)
    expect(two.rows.at(-1)?.problem).toMatch(/^line 80005: another list of objects stands behind `data`/)
    const cut = await readAll(pretty({ data: members }).slice(0, -100))
    expect(cut.rows.at(-1)?.problem).toContain('cut off')
  })
})

describe('JSON objects', () => {
  it('one after the other are records, over several lines and on one', async () => {
    for (const text of [
      `${pretty(asha)}\n${pretty(dev)}\n`,
      `${pretty(asha)},\n${pretty(dev)}`,
      `${JSON.stringify(asha)}${JSON.stringify(dev)}`,
    ]) {
      const { values, problems, notes } = await read(text)
      expect({ values, problems }).toEqual({ values: [asha, dev], problems: [] })
      expect(notes).toBe('Read as JSON objects one after the other.')
    }
    expect((await read(pretty(asha))).values).toEqual([asha])
    const broken = await read(`${pretty(asha)}\n{\n  "member_no": \n}\n${pretty(dev)}\n`)
    expect(broken.values).toEqual([asha, null, dev])
    expect(broken.problems).toEqual([expect.stringContaining('is not JSON')])
    expect(broken.lines).toEqual([1, 5, 8])
  })

  it('in several lists one after the other are the objects of all', async () => {
    for (const text of [
      `${JSON.stringify([asha])}\n${JSON.stringify([dev, asha])}\n`,
      `${pretty([asha])}${pretty([dev, asha])}`,
    ]) {
      const { values, problems, notes } = await read(text)
      expect({ values, problems }).toEqual({ values: [asha, dev, asha], problems: [] })
      expect(notes).toBe('Read as JSON arrays, one after the other.')
    }
    expect((await read(`${JSON.stringify([asha])}\n[${JSON.stringify(dev)}`)).problems.join()).toContain('cut off')
  })

  it('behind U+001E each are records, as `jq --seq` writes them', async () => {
    for (const texts of [[asha, dev].map((each) => JSON.stringify(each)), [asha, dev].map(pretty)]) {
      expect(await read(texts.map((text) => `\x1E${text}\n`).join(''))).toMatchObject({
        values: [asha, dev],
        problems: [],
      })
    }
  })

  it('that are pages of an answer are refused, as members of each would be lost', async () => {
    const pages = [
      { data: [asha, dev], next: 'x' },
      { data: [dev], next: null },
    ]
    const neo4j = { results: [{ columns: ['m'], data: [{ row: [asha] }, { row: [dev] }] }], errors: [] }
    const graph = [asha, dev].map((node) => ({ data: { customers: { edges: [{ node }] } } }))
    const oracle = { results: [{ columns: [{ name: 'ID' }], items: [asha, dev] }] }
    for (const [text, jq] of [
      [pages.map((page) => JSON.stringify(page)).join('\n'), '.data[]'],
      [pages.map(pretty).join('\n'), '.data[]'],
      [JSON.stringify(pages), '.[].data[]'],
      [JSON.stringify(oracle), '.results[].items[]'],
      [JSON.stringify(neo4j), '.results[].data[]'],
      [graph.map((page) => JSON.stringify(page)).join('\n'), '.data.customers.edges[]'],
    ] as const) {
      await expect(readAll(text, { name: 'm.json' })).rejects.toThrow(`jq -c '${jq}' m.json > members.jsonl`)
    }
    expect((await read(pages.map((page) => JSON.stringify(page)).join('\n'), { path: '.' })).values).toEqual(pages)
    expect((await read(oracle, { path: 'results' })).values).toEqual(oracle.results)
    const members = [{ member_no: '1', contacts: [{ phone: '1' }, { phone: '2' }] }]
    expect((await read(members)).values).toEqual(members)
  })

  it('by keys that Firebase has made have them as a field', async () => {
    const members = { '-NxQabcdEfghIjklMnop': { name: 'Asha' }, '-NxQabcdEfghIjklMnoq': { name: 'Dev' } }
    const expected = Object.entries(members).map(([key, each]) => ({ key, ...each }))
    expect((await read({ members })).values).toEqual(expected)
    expect((await read({ settings: { theme: 'dark' }, members, counts: { members: 2 } })).values).toEqual(expected)
    const member = { id: '1', cards: members, settings: { theme: 'dark' } }
    expect((await read(member)).values).toEqual([member])
  })

  it('by key have their key as a field', async () => {
    const byKey = {
      'm-1': { name: 'Asha', city: 'Leeds' },
      'm-2': { name: 'Dev', city: 'York' },
      'm-3': { name: 'Uma' },
    }
    const expected = Object.entries(byKey).map(([key, value]) => ({ key, ...value }))
    for (const text of [JSON.stringify(byKey), pretty(byKey)]) {
      const { values, problems, notes } = await read(text)
      expect({ values, problems }).toEqual({ values: expected, problems: [] })
      expect(notes).toContain('with the key as "key"')
    }
    expect((await read({ exported: true, members: byKey })).values).toEqual(expected)
    const broken = await read('{\n  "m-1": {"name": "Asha"},\n  "m-2": {"name" "Dev"},\n  "m-3": {"name": "Uma"}\n}')
    expect(broken.values).toEqual([{ key: 'm-1', name: 'Asha' }, null, { key: 'm-3', name: 'Uma' }])
    expect((await read(pretty(byKey).slice(0, -3))).problems.join()).toContain('cut off')
  })

  it('of parts of one member are one record', async () => {
    for (const record of [
      { profile: { name: 'Asha' }, address: { city: 'Leeds' }, loyalty: { tier: 'Gold' } },
      { home: { city: 'Leeds' }, work: { city: 'York' } },
      { profile: { name: 'Asha' } },
    ]) {
      expect((await read(record)).values).toEqual([record])
    }
  })

  it('column by column are turned into records, as pandas writes them', async () => {
    const records = [
      { member_no: '00123', points: 10 },
      { member_no: '00124', points: null },
    ]
    for (const text of [
      '{"member_no":["00123","00124"],"points":[10,NaN]}',
      '{"member_no":{"0":"00123","1":"00124"},"points":{"0":10,"1":null}}',
      '{"columns":["member_no","points"],"index":[0,1],"data":[["00123",10],["00124",null]]}',
      '[["member_no","points"],["00123",10],["00124",null]]',
      '{"resultSetMetaData":{"rowType":[{"name":"member_no","type":"text"},{"name":"points"}]},"data":[["00123",10],["00124",null]]}',
      '{"manifest":{"schema":{"columns":[{"name":"member_no"},{"name":"points"}]}},"result":{"data_array":[["00123",10],["00124",null]]}}',
      '{"data":{"rows":[["00123",10],["00124",null]],"cols":[{"name":"member_no"},{"name":"points"}]},"status":"completed"}',
      '{"columnMetadata":[{"name":"member_no"},{"name":"points"}],"records":[["00123",10],["00124",null]]}',
      '{"kind":"bigquery#queryResponse","schema":{"fields":[{"name":"member_no"},{"name":"points"}]},"rows":[{"f":[{"v":"00123"},{"v":10}]},{"f":[{"v":"00124"},{"v":null}]}]}',
      '{"range":"A1:B3","majorDimension":"ROWS","values":[["member_no","points"],["00123",10],["00124",null]]}',
    ]) {
      const { values, problems } = await read(text)
      expect({ text, values, problems }).toEqual({ text, values: records, problems: [] })
    }
    const short = await read('[["a","b"],["1","2"],["3"]]')
    expect(short.problems).toEqual([expect.stringContaining('the list holds 1 value; there are 2 columns')])
    await expect(readAll('{"a":[1,2],"b":[1,2],"c":[1')).rejects.toThrow('is broken or cut off')
  })

  it('with NaN are read, and what stands in texts stays', async () => {
    const { values, problems } = await read(
      '{"a":NaN,"b":[NaN,1],"c":"NaN, \\"NaN"}\n{"a":-Infinity,"b":"Infinity"}\n{"a":Nan}\n',
    )
    expect(values.slice(0, 2)).toEqual([
      { a: null, b: [null, 1], c: 'NaN, "NaN' },
      { a: null, b: 'Infinity' },
    ])
    expect(problems).toEqual([expect.stringContaining('line 3: the line is not JSON')])
  })

  it('stand on lines with commas behind them, as lines of an array that was cut up do', async () => {
    const { values, problems } = await read('{"id":1},\n{"id":2} , \r\n{"id":3},,\n{"id":4}\n')
    expect([values[0], values[1], values[3]]).toEqual([{ id: 1 }, { id: 2 }, { id: 4 }])
    expect(problems).toEqual([expect.stringContaining('line 3, ')])
  })

  it('are not what else a file holds, and it says what that is', async () => {
    const { problems } = await read('[{"id":1},[1,2,3],"x",7,null,[]]')
    expect(problems.map((problem) => /holds (.*);/.exec(problem)?.[1])).toEqual([
      'an array of 3',
      'a string',
      'a number',
      'null',
      'an empty array',
    ])
  })
})

describe('values with their types around them', () => {
  it('are MongoDB’s, as mongoexport writes them', async () => {
    const lines = [
      '{"_id":{"$oid":"65f0c0ffee"},"member_no":"00123","points":{"$numberInt":"12"},"balance":{"$numberDecimal":"1.50"},"big":{"$numberLong":"9007199254740993"},"joined":{"$date":"2024-05-01T00:00:00Z"},"born":{"$date":{"$numberLong":"-62135596800"}},"gone":{"$undefined":true},"tags":[{"$numberInt":"1"}],"a":{"b":{"$numberDouble":"1.5"}}}',
      '{"_id":{"$oid":"65f0c0ffef"},"member_no":"00124"}',
    ]
    const first = {
      _id: '65f0c0ffee',
      member_no: '00123',
      points: 12,
      balance: 1.5,
      big: '9007199254740993',
      joined: '2024-05-01T00:00:00Z',
      born: '1968-01-12T20:06:43.200Z',
      gone: null,
      tags: [1],
      a: { b: 1.5 },
    }
    for (const text of [lines.join('\n'), `[${lines.join(',\n')}]`]) {
      const { values, notes } = await read(text)
      expect(values).toEqual([first, { _id: '65f0c0ffef', member_no: '00124' }])
      expect(notes).toContain('values with MongoDB’s types (json: mongodb)')
    }
    expect((await read(lines[1] ?? '', { json: 'plain' })).values).toEqual([JSON.parse(lines[1] ?? '')])
  })

  it('are DynamoDB’s, as an export and a scan write them', async () => {
    const item = {
      id: { S: '00123' },
      points: { N: '12' },
      big: { N: '12345678901234567890' },
      vip: { BOOL: true },
      gone: { NULL: true },
      address: { M: { city: { S: 'Leeds' }, lines: { L: [{ S: 'a' }, { N: '1.50' }] } } },
      tags: { SS: ['x', 'y'] },
      n: { NS: ['1'] },
    }
    const plain = {
      id: '00123',
      points: 12,
      big: '12345678901234567890',
      vip: true,
      gone: null,
      address: { city: 'Leeds', lines: ['a', 1.5] },
      tags: ['x', 'y'],
      n: [1],
    }
    for (const content of [
      `${JSON.stringify({ Item: item })}\n${JSON.stringify({ Item: item })}\n`,
      pretty({ Items: [item, item], Count: 2, ScannedCount: 2, ConsumedCapacity: null }),
    ]) {
      const { values, notes } = await read(content)
      expect(values).toEqual([plain, plain])
      expect(notes).toContain('values with DynamoDB’s types (json: dynamodb)')
    }
    const mixed = await read(`${JSON.stringify({ Item: item })}\n{"id":"1"}\n`)
    expect(mixed.problems).toEqual([
      expect.stringContaining('line 2: the line is not written with the types of DynamoDB'),
    ])
  })
})

describe('any objects', () => {
  const field = fc.oneof(fc.string({ maxLength: 4 }), fc.integer(), fc.constant(null), fc.constant([{ x: '"[{' }]))
  const object = fc.record({ id: fc.string({ maxLength: 4 }), name: field, note: field })
  const space = fc.constantFrom(undefined, 1, '\t')
  const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })

  it('are these objects, in whatever they are wrapped, for any cut', async () => {
    const law = fc.asyncProperty(fc.array(object, { minLength: 2 }), space, cuts, async (objects, indent, sizes) => {
      const write = (value: unknown) => JSON.stringify(value, undefined, indent)
      const keyed = Object.fromEntries(objects.map((each, at) => [`k${at}`, each]))
      const byKey = objects.map((each, at) => ({ key: `k${at}`, ...each }))
      for (const [text, expected] of [
        [write(objects), objects],
        [write({ count: 1, data: objects, links: [] }), objects],
        [objects.map(write).join('\n'), objects],
        [objects.map(write).join(''), objects],
        [write(keyed), byKey],
        [write(keyed).replaceAll(/("k\d+"):/g, '$1\n :'), byKey],
      ] as const) {
        const { rows } = await readAll(text, { sizes })
        expect(rows.map(({ problem }) => problem)).toEqual(objects.map(() => undefined))
        expect(rows.map(valueOf)).toEqual(expected)
        expect(rows.map(({ row }) => row)).toEqual(objects.map((_, at) => at + 1))
      }
    })
    await fc.assert(law, { numRuns: 200 })
  })

  it('cut off anywhere lose nothing without a word', async () => {
    const law = fc.asyncProperty(
      fc.array(object, { minLength: 2, maxLength: 5 }),
      space,
      fc.nat(),
      async (objects, indent, cut) => {
        for (const content of [
          objects,
          { data: objects },
          Object.fromEntries(objects.map((each, at) => [`k${at}`, each])),
        ]) {
          const text = JSON.stringify(content, undefined, indent)
          const { rows } = await readAll(text.slice(0, 1 + (cut % (text.length - 1))), { name: 'm.json' })
          const sound = rows.filter(({ problem }) => problem === undefined)
          expect(sound.length < objects.length ? rows.length > sound.length : true).toBe(true)
        }
      },
    )
    await fc.assert(law, { numRuns: 300 })
  })
})

describe('lists of values', () => {
  const rows = [
    ['00123', 'a@example.com'],
    ['00124', 'd@example.com'],
  ]
  const members = rows.map(([member_no, email]) => ({ member_no, email }))
  it.for([
    { columns: ['member_no', 'email'], data: rows },
    { fields: ['member_no', 'email'], rows },
    { columns: [{ name: 'member_no', type: 'varchar' }, { name: 'email' }], data: rows, stats: { state: 'FINISHED' } },
    // CKAN calls a column's name its id; Metabase has an id beside the name.
    { fields: [{ id: 'member_no', type: 'text' }, { id: 'email' }], records: rows },
    {
      cols: [
        { id: 'c-1', name: 'member_no' },
        { id: 'c-2', name: 'email' },
      ],
      rows,
    },
    { meta: [{ name: 'member_no', type: 'String' }, { name: 'email' }], data: rows, rows: 2 },
    [['member_no', 'email'], ...rows],
  ])('take the names beside them, or before: %j', async (content) => {
    expect(await read(content)).toMatchObject({ values: members, problems: [] })
  })

  it('of a sheet of Google’s end with their last value', async () => {
    const sheet = { range: 'A1:B3', majorDimension: 'ROWS', values: [['member_no', 'email'], ['00123'], rows[1]] }
    expect(await read(sheet)).toMatchObject({ values: [{ member_no: '00123', email: null }, members[1]], problems: [] })
    const { problems } = await read([['member_no', 'email'], ['00123']])
    expect(problems).toEqual(['line 1: the list holds 1 value; there are 2 columns.'])
  })

  it('without names are refused: the first is a member, and no header', async () => {
    const says = 'the first of them names no columns: it holds "00123"'
    for (const text of [
      JSON.stringify(rows),
      JSON.stringify({ data: rows }),
      rows.map((row) => JSON.stringify(row)).join('\n'),
    ]) {
      await expect(readAll(text, { name: 'm.json' })).rejects.toThrow(says)
    }
    const named = [['id', 'email'], ...rows].map((row) => JSON.stringify(row)).join('\n')
    await expect(readAll(named, { name: 'm.json' })).rejects.toThrow('jq -s . m.json > members.json')
  })
})
