import { expect, test } from 'vitest'
import { Kinds } from '../../src/check/kinds.ts'

const at = (row: number, message: string) => ({ row, line: row + 1, key: `M-${row}`, message })

test('kinds come by how many rows they have, those with most first, each with the hint that it came with', () => {
  const kinds = new Kinds()
  kinds.add('b', at(1, 'b'))
  for (const row of [2, 3, 4]) kinds.add('c', at(row, 'c'), 'Mend c.')
  for (const row of [5, 6]) kinds.add('a', at(row, 'a'), 'Mend a.')
  expect(kinds.all()).toEqual([
    { message: 'c', hint: 'Mend c.', rows: 3, places: [at(2, 'c'), at(3, 'c'), at(4, 'c')] },
    { message: 'a', hint: 'Mend a.', rows: 2, places: [at(5, 'a'), at(6, 'a')] },
    { message: 'b', rows: 1, places: [at(1, 'b')] },
  ])
})

test('numbers make no kind of their own, however many digits they have, and a kind is told as it was first', () => {
  const kinds = new Kinds()
  kinds.add('day 31 of 12', at(1, 'day 31 of 12'))
  kinds.add('day 7 of 2024', at(2, 'day 7 of 2024'))
  kinds.add('day of', at(3, 'day of'))
  expect(kinds.all().map(({ message, rows }) => [message, rows])).toEqual([
    ['day 31 of 12', 2],
    ['day of', 1],
  ])
})

test('of values that are wrong in the same way, three different ones are kept', () => {
  const kinds = new Kinds()
  for (const value of ['"a"', '"a"', '"b"', '"c"', '"d"']) kinds.add('x', at(1, 'x'), undefined, value)
  kinds.add('y', at(2, 'y'), undefined, '"a"')
  expect(kinds.all().map(({ values }) => values)).toEqual([['"a"', '"b"', '"c"'], undefined])
})
