import { expect, test } from 'vitest'
import { ColumnWatch } from '../../src/check/column-watch.ts'
import type { Json } from '../../src/model.ts'

function watched(used: readonly string[], records: readonly Json[]) {
  const watch = new ColumnWatch(undefined, used)
  for (const value of records) watch.see({ kind: 'value', value })
  return watch.all()
}

test('a column is empty where no row, however long, has anything but space in it', () => {
  const watch = new ColumnWatch(['a', 'b', 'c', 'd'], ['a'])
  for (const cells of [['x'], ['', ' ', ''], ['', '', 'y', '', 'one too many']]) watch.see({ kind: 'cells', cells })
  expect(watch.all()).toEqual({ empty: ['b', 'd'], unused: ['b', 'c', 'd'], missing: [] })
  expect(new ColumnWatch(['a', 'b'], ['b']).all()).toEqual({ empty: ['a', 'b'], unused: ['a'], missing: [] })
})

test('columns of an earlier report are not called unused, others with such a sign are', () => {
  expect(new ColumnWatch(['_row', '_status', 'a_b'], []).all().unused).toEqual(['a_b'])
})

test('a CSV column is used by its own name, and not by a path that begins like it', () => {
  expect(new ColumnWatch(['a', 'a.b'], ['a.b']).all()).toEqual({ empty: ['a', 'a.b'], unused: ['a'], missing: [] })
})

test('a field that held something once is not empty, though it is null later', () => {
  expect(
    watched(
      ['id'],
      [
        { id: 0, a: false, b: ' ' },
        { id: null, a: null, b: null, c: [] },
      ],
    ),
  ).toEqual({
    empty: ['b'],
    unused: ['a', 'b', 'c'],
    missing: [],
  })
})

test('who sends the whole record uses each of its fields, and misses only what it names beside it', () => {
  expect(watched(['.', 'id', 'person.name'], [{ id: 1, note: 'x' }])).toEqual({
    empty: [],
    unused: [],
    missing: ['person.name'],
  })
})

test('what is no record has no fields, and where there are none, nothing is called missing', () => {
  const none = { empty: [], unused: [], missing: [] }
  expect(watched(['id'], [null, 'text', 7, ['id'], []])).toEqual(none)
  expect(watched(['id'], [])).toEqual(none)
})

test('a thousand fields are kept, and what is known of them is still brought up to date', () => {
  const names = Array.from({ length: 1_001 }, (_, at) => `f${at}`)
  const blank = Object.fromEntries(names.map((name) => [name, '']))
  const { empty, unused } = watched([], [blank, { f0: 'x', f1000: 'x' }])
  expect(unused).toEqual(names.slice(0, 1_000))
  expect(empty).toEqual(names.slice(1, 1_000))
})
