import { expect, test } from 'vitest'
import { findShape } from '../../src/source/json/find-shape.ts'

const LIST = '[{"id":"1","name":"Asha"},{"id":"2","name":"Dev"}]'

function noteOf(text: string, path?: string): string | undefined {
  return findShape(Buffer.from(text), { complete: true, name: 'x.json', path }).otherPages
}

test.each([
  [`{"data":{"members":${LIST},"pageInfo":{"hasNextPage":true}}}`, '"hasNextPage" is true'],
  [`{"page":1,"total":10,"data":${LIST}}`, '"total" is 10, and the list holds 2'],
  [`{"_embedded":{"customers":${LIST}},"_links":{"next":{"href":"/c?page=2"}}}`, '"next" is given'],
  [`{"totalSize":2,"done":false,"records":${LIST}}`, '"done" is false'],
  [`{"value":${LIST},"@odata.nextLink":"https://x/y?token=secret"}`, '"@odata.nextLink" is given.'],
])('a list that is one page of several is told: %s', (text, sign) => {
  expect(noteOf(text)).toContain(`The list is one page of several, as it seems: ${sign}`)
})

test('also where the plan says where it is', () => {
  expect(noteOf(`{"has_more":true,"data":${LIST}}`, 'data')).toContain('"has_more" is true')
})

test.each([
  `{"page":1,"total":2,"data":${LIST}}`,
  `{"data":${LIST},"next":null,"has_more":false,"next_cursor":"","done":true}`,
  `{"data":[{"id":"1","name":"Asha","total":10,"next":"x"},{"id":"2","name":"Dev","total":3}]}`,
  `{"data":${LIST},"_links":{"last":{"href":"/c?page=1"}}}`,
])('and all of it is not: %s', (text) => expect(noteOf(text)).toBeUndefined())
