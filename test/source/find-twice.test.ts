import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/model.ts'
import { findTwice } from '../../src/source/json/find-twice.ts'
import { readAll } from './read-all.ts'

const twiceIn = (text: string) => findTwice(JSON.parse(text) as Json, text)

/** A value with the text that it is written as, and whether a field stands twice in it with two texts. */
interface Written {
  readonly text: string
  readonly isTwice: boolean
}

const tricky = fc.string({ unit: fc.constantFrom('"', '\\', ':', ',', '{', '}', '[', ']', ' ', 'a', '\n', 'é') })
const scalar = fc
  .oneof(tricky, fc.integer(), fc.boolean(), fc.constant(null))
  .map((value): Written => ({ text: JSON.stringify(value), isTwice: false }))
const name = fc.oneof(fc.constantFrom('id', 'a', '__proto__'), tricky)
const space = fc.constantFrom('', ' ', '\n\t')

const { value: written } = fc.letrec<{ value: Written }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.tuple(space, fc.array(tie('value'), { maxLength: 4 })).map(([gap, items]): Written => ({
      text: `[${items.map(({ text }) => `${gap}${text}${gap}`).join(',')}]`,
      isTwice: items.some(({ isTwice }) => isTwice),
    })),
    fc.tuple(space, fc.array(fc.tuple(name, tie('value')), { maxLength: 4 })).map(([gap, fields]): Written => {
      const texts = new Map<string, Set<string>>()
      for (const [key, { text }] of fields) texts.set(key, (texts.get(key) ?? new Set()).add(text))
      return {
        text: `{${fields.map(([key, { text }]) => `${gap}${JSON.stringify(key)}${gap}:${gap}${text}${gap}`).join(',')}}`,
        isTwice: fields.some(([, { isTwice }]) => isTwice) || [...texts.values()].some(({ size }) => size > 1),
      }
    }),
  ),
}))

describe('a field that stands twice in an object', () => {
  it('is found with both of its values, at any depth', () => {
    expect(twiceIn('{"id":1,"email":"a@example.com", "id" : 7}')).toEqual({ field: 'id', values: ['1', '7'] })
    expect(twiceIn('{"a":[{"b":{"c":"x,\\"}","c":[1,{"d":2}]}}]}')).toEqual({
      field: 'a.b.c',
      values: ['"x,\\"}"', '[1,{"d":2}]'],
    })
  })

  it('is none where both values are the same, or colons stand in values', () => {
    expect(twiceIn('{"id":1,"id": 1}')).toBeUndefined()
    expect(twiceIn('{"a":":","b":"\\":","c":{"a":2}}')).toBeUndefined()
  })

  it('is found wherever there is one, and nowhere else', () => {
    fc.assert(
      fc.property(written, ({ text, isTwice }) => {
        expect(twiceIn(text) !== undefined).toBe(isTwice)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each(['jsonl', 'json'] as const)(
    'makes a row of %s invalid, for either value may be the right one',
    async (format) => {
      const text = '{"id":1,"email":"a@example.com","id":7}'
      const { rows } = await readAll(format === 'json' ? `[${text}]` : `${text}\n`, { format })
      const what = format === 'json' ? 'element' : 'line'
      expect(rows[0]?.problem).toBe(
        `line 1, "id": the ${what} has this field twice, as 1 and as 7; one value was expected. ` +
          'Name them apart where the file is written, as a query does with AS, or leave one out.',
      )
    },
  )
})
