import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellsOf, readAll } from './read-all.ts'

const SIGNS = ['\u0085', '\u2028', '\u2029']

test.each(SIGNS)('lines that end with %j alone are lines, and it is said', async (sign) => {
  const text = ['id,email,name', 'M-1,a@x.com,Asha', 'M-2,b@x.com,"Dev, Nair"', ''].join(sign)
  const { rows, columns, notes } = await readAll(text)
  expect(columns).toEqual(['id', 'email', 'name'])
  expect(rows.map((row) => cellsOf(row))).toEqual([
    ['M-1', 'a@x.com', 'Asha'],
    ['M-2', 'b@x.com', 'Dev, Nair'],
  ])
  expect(notes.join()).toContain(`lines that end with U+${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
})

test.each(SIGNS)('beside other line ends, and in JSON, %j is a character like any other', async (sign) => {
  const csv = await readAll(`id,name\nM-1,Asha${sign}Rao\n`)
  expect(csv.rows.map((row) => cellsOf(row)[1])).toEqual([`Asha${sign}Rao`])
  const json = await readAll(`[{"id":"M-1","name":"Asha${sign}Rao"}]`)
  expect(json.rows.map(({ input }) => input)).toEqual([{ kind: 'value', value: { id: 'M-1', name: `Asha${sign}Rao` } }])
})

test('however the bytes come, the rows are the same', async () => {
  const text = `id,name${'\u2028M-1,Zoë'.repeat(40)}`
  const whole = (await readAll(text)).rows
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
  const law = fc.asyncProperty(sizes, async (cut) => {
    expect((await readAll(text, { sizes: cut })).rows).toEqual(whole)
  })
  await fc.assert(law, { numRuns: 30 })
  expect(whole).toHaveLength(40)
})

test('a line that says when and whence the file is stands above the header', async () => {
  const text = 'HDR,20261101,CRM\nid,email,name\nM-1,a@x.com,Asha\nM-2,b@x.com,Dev\nTRL,2,20261101\n'
  const { rows, columns } = await readAll(text)
  expect(columns).toEqual(['id', 'email', 'name'])
  expect(rows.map((row) => cellsOf(row)[0])).toEqual(['M-1', 'M-2', 'TRL'])
  expect(rows[2]?.problem).toContain('may be a total')
})
