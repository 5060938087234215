import { expect, test } from 'vitest'
import { familyOf } from '../../src/run/family.ts'
import { record } from './record.ts'

const first = record('a')
const rerun = record('b', { rerunOf: 'a' })
const other = record('c')
const again = record('d', { rerunOf: 'b' })
const verification = record('e', { verifies: 'b' })
const runs = [again, first, other, verification, rerun]

test.each(['a', 'b', 'd', 'e'])(
  'the family of %s is all runs over its file, in the order in which they began',
  (run) => {
    expect(familyOf(runs, run)).toEqual([first, rerun, again, verification])
  },
)

test('a run alone is a family of its own', () => {
  expect(familyOf(runs, 'c')).toEqual([other])
})

test('they belong together though the first of them was deleted', () => {
  const left = runs.filter(({ run }) => run !== 'a')
  expect(familyOf(left, 'e')).toEqual([rerun, again, verification])
})
