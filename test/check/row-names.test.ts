import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { RowNames, hashName } from '../../src/check/row-names.ts'

test.each([
  [
    ['Zoë', 'Müller'],
    ['ZOE', 'Mueller'],
  ],
  [
    ['Zoë', 'Müller'],
    ['Muller', 'zoe'],
  ],
  [['José'], ['Jose\u0301']],
  [
    ['Anna-Maria', "O'Neil"],
    ['Anna Maria', 'ONeil'],
  ],
  [['Søren'], ['Soeren']],
  [['Łukasz'], ['Lukasz']],
  [['Straße'], ['strasse']],
  [['محمد'], ['مُحَمَّد']],
])('%j and %j are one name', (one, other) => {
  expect(hashName(one)).toBe(hashName(other))
})

test.each([
  [
    ['Asha', 'Rao'],
    ['Ravi', 'Rao'],
  ],
  [['Анна'], ['Иван']],
  [['王芳'], ['李娜']],
  [['Ana'], ['Anna']],
])('%j and %j are two', (one, other) => {
  expect(hashName(one)).not.toBe(hashName(other))
})

test('names are kept by their rows, two of which share a word', () => {
  const names = fc.array(fc.constantFrom([], ['Asha'], ['Ravi', 'Rao']), { maxLength: 40 })
  fc.assert(
    fc.property(names, (all) => {
      const rows = new RowNames()
      for (const [at, name] of all.entries()) rows.keep(at + 1, hashName(name))
      for (const [at, name] of all.entries()) {
        const [first = []] = all
        const areTwo = name.length > 0 && first.length > 0 && name !== first
        expect(rows.areOther(at + 1, 1)).toBe(areTwo)
      }
    }),
  )
})
