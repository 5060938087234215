import { expect, test } from 'vitest'
import { bodyOrMessage, renderCells, renderValue } from './render.ts'

const plan = (
  empty: string,
  body = '{ profiles: [{ firstName: "${name}", identifiers: [{ type: mobile, value: "${phone | phone IN}" }, { type: externalId, value: "${id}" }] }], extendedFields: { dob: "${born | date yyyy-MM-dd}" } }',
) => `rows: { key: id, empty: ${empty} }\nregister:\n  body: ${body}\n`

test('a cell that holds exactly such a text is empty, for every filter and for the key', () => {
  const rendered = renderCells(plan("['\\N', NULL, NA]"), { id: '\\N', name: 'NA', phone: '9876543210', born: 'NULL' })
  expect(rendered).toMatchObject({ kind: 'requests', key: '919876543210' })
  expect(bodyOrMessage(rendered)).toEqual({
    profiles: [{ identifiers: [{ type: 'mobile', value: '919876543210' }] }],
  })
  expect(rendered).not.toHaveProperty('leftOut')
})

test.each(['null', 'Na', 'NA ', ' NA', 'NAN'])('and %j is another text', (name) => {
  const rendered = renderCells(plan('[NULL, NA]'), { id: '7', name, phone: '', born: '' })
  expect(bodyOrMessage(rendered)).toMatchObject({ profiles: [{ firstName: name }] })
})

test('what YAML reads as something else is meant as it is written', () => {
  const cells = { id: '7', phone: '', born: '' }
  for (const [written, name] of [
    ['NULL', 'NULL'],
    ['~', '~'],
    ['no', 'no'],
    ['FALSE', 'FALSE'],
    ['0', '0'],
    ['"-"', '-'],
  ] as const) {
    const body = bodyOrMessage(renderCells(plan(`[${written}]`), { ...cells, name }))
    expect(body).toEqual({ profiles: [{ identifiers: [{ type: 'externalId', value: '7' }] }] })
  }
})

test('in a record that is sent whole, such values are left out at any depth', () => {
  const record = {
    profiles: [{ firstName: 'NA', identifiers: [{ type: 'externalId', value: '7' }], tags: ['NA', 'a'] }],
  }
  const rendered = renderValue('rows: { empty: [NA] }\nregister: { body: "${.}" }\n', record)
  expect(bodyOrMessage(rendered)).toEqual({
    profiles: [{ identifiers: [{ type: 'externalId', value: '7' }], tags: ['a'] }],
  })
})

test('what is no list of texts is refused', () => {
  expect(() => renderCells(plan('NULL'), { id: '1', name: '', phone: '', born: '' })).toThrow(
    "expected a list of texts that mean an empty cell, as in `empty: ['\\N', 'NULL', 'N/A']`",
  )
})
