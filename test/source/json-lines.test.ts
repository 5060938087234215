import { expect, it } from 'vitest'
import { readAll, valueOf } from './read-all.ts'

async function read(text: string) {
  const { rows } = await readAll(text)
  const sound = rows.filter(({ problem }) => problem === undefined)
  return { values: sound.map(valueOf), problems: rows.flatMap(({ problem }) => problem ?? []) }
}

it('records stand behind actions on lines of their own, as Elasticsearch takes them', async () => {
  const text =
    '{"index":{"_index":"m","_id":"7"}}\n{"member_no":"00123"}\n{"delete":{"_id":"8"}}\n{"create":{}}\n{"index":"a field"}\n'
  expect(await read(text)).toMatchObject({
    values: [{ _id: '7', member_no: '00123' }, { index: 'a field' }],
    problems: [],
  })
  expect((await read('{"index":{"color":"red"}}\n{"index":{"color":"blue"}}\n')).values).toHaveLength(2)
})

it('records are not what Shopify writes of a record’s parts', async () => {
  const { problems } = await read('{"id":"1","email":"a@b.co"}\n{"id":"2","city":"Pune","__parentId":"1"}\n')
  expect(problems).toEqual([expect.stringContaining('line 2: the line is a part of the record')])
})

it.each([
  ['{"id":"1",}', 'A comma stands there with nothing behind it.'],
  ["{'id':'1'}", 'Quotes are " in JSON'],
  ['{id:"1"}', 'Names stand in quotes in JSON.'],
  [
    '{"id":"1","name":"Uma \\\\"M\\\\" Das"}',
    'Its backslashes are doubled, as PostgreSQL’s COPY and `mysql --batch` write JSON',
  ],
  ['{"id":"1" /* new */}', 'JSON has no comments.'],
  [JSON.stringify('{"id":"1"}'), 'it was written as JSON twice'],
])('what JSON does not have is named: %s', async (line, why) => {
  const { problems } = await read(`{"id":"0"}\n${line}\n`)
  expect(problems).toEqual([expect.stringContaining(why)])
})
