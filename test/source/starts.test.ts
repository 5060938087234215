import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Starts } from '../../src/source/table/starts.ts'

test('a text begins like one of them where its first two characters do, in capitals or not', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 3 }),
    fc
      .array(fc.constantFrom('a', 'A', 'k', 'K', '\u212a', 'İ', 'i', 'é', 'É', '\ufeff', '-', ' ', '[', '{'), {
        maxLength: 3,
      })
      .map((all) => all.join('')),
  )
  expect(new Starts(['aİ']).has('ai')).toBe(false)
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), text, (known, asked) => {
      const starts = new Starts(known)
      for (const one of [asked, ...known, ...known.map((each) => each.toUpperCase())]) {
        expect(starts.has(one), one).toBe(known.map(startOf).includes(startOf(one)))
      }
    }),
  )
})

function startOf(one: string): string {
  return one
    .replace(/^\ufeff/, '')
    .slice(0, 2)
    .toLowerCase()
}
