import { expect, test } from 'vitest'
import { placesOf, plainName } from '../../src/plan/plain-name.ts'
import { renderCells } from './render.ts'

test.each([' mobile ', 'mobile\u00a0', '\ufeffmobile', '\u200bmobile', '="mobile"'])(
  'a column whose header is %j is found as mobile',
  (name) => {
    const plan =
      'register: { body: { profiles: [{ identifiers: [{ type: mobile, value: "${mobile | phone IN}" }] }] } }'
    expect(renderCells(plan, { [name]: '9876543210' })).toMatchObject({
      members: [{ type: 'mobile', value: '919876543210' }],
    })
  },
)

test('the very name goes before one that only shows the same', () => {
  expect(placesOf('id', ['id ', 'id', 'name'])).toEqual([1])
  expect(placesOf('id', ['id ', ' id', 'name'])).toEqual([0, 1])
  expect(placesOf('id ', ['id ', 'id'])).toEqual([0])
  expect(placesOf('no', ['id'])).toEqual([])
  expect(plainName('first name')).toBe('first name')
})

test('two columns that show the same name are told apart by nobody', () => {
  const plan = 'register: { body: { profiles: [{ identifiers: [{ type: externalId, value: "${id}" }] }] } }'
  expect(() => renderCells(plan, { 'id ': '1', ' id': '2' })).toThrow('The header holds `id` more than once')
})
