import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '../../src/model.ts'
import { objectMaker } from '../../src/object-maker.ts'

const names = fc.uniqueArray(
  fc.oneof(fc.string(), fc.constantFrom('constructor', '7', "it's", '"', '\u2028', '${x}', '\ud800')),
  {
    maxLength: 40,
  },
)
const value: fc.Arbitrary<Json | undefined> = fc.option(fc.jsonValue() as fc.Arbitrary<Json>, { nil: undefined })

test('an object has the fields that have a value, in their order', () => {
  fc.assert(
    fc.property(
      names.chain((all) =>
        fc.tuple(
          fc.constant(all),
          fc.array(fc.array(value, { minLength: all.length, maxLength: all.length }), { maxLength: 9 }),
        ),
      ),
      ([all, rows]) => {
        const make = objectMaker(all)
        for (const row of rows) {
          const fields = all.flatMap((name, at) => (row[at] === undefined ? [] : [[name, row[at]] as const]))
          const expected = fields.length === 0 ? undefined : JSON.stringify(Object.fromEntries(fields))
          expect(JSON.stringify(make(row))).toBe(expected)
        }
      },
    ),
  )
})

test.each([31, 32, 33, 100, 101])('of %i fields, each may be missing', (count) => {
  const make = objectMaker(Array.from({ length: count }, (_, at) => `f${at}`))
  for (let missing = 0; missing < count; missing++) {
    const row = Array.from({ length: count }, (_, at) => (at === missing ? undefined : at))
    expect(Object.keys(make(row) ?? {})).toEqual(row.flatMap((at) => (at === undefined ? [] : [`f${at}`])))
  }
})
