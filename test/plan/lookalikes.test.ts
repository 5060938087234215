import { expect, test } from 'vitest'
import { LookalikeWatch } from '../../src/plan/lookalikes.ts'

function found(values: readonly string[], empty: readonly string[] = []): readonly (readonly [string, number])[] {
  const watch = new LookalikeWatch(empty)
  for (const value of values) watch.see(value)
  return watch.found().map(({ text, rows }) => [text, rows])
}

test('words among numbers, dates and addresses look like nothing', () => {
  const phones = ['9876543210', '9876543211', '+91 98765 43212', 'n/a', 'none', 'n/a', 'sin dato', '']
  expect(found(phones)).toEqual([
    ['n/a', 2],
    ['none', 1],
    ['sin dato', 1],
  ])
  expect(found(['asha@example.com', 'Pune', 'x', 'unknown'])).toEqual([])
  expect(found(['asha@example.com', 'b@example.com', 'c@example.com', 'x', 'unknown'])).toHaveLength(2)
})

test('among words, only what databases and spreadsheets write for nothing, and signs alone', () => {
  expect(found(['Asha', 'Null', 'None', 'NULL', '-', '#N/A', 'Unknown', '\\N']).map(([text]) => text)).toEqual([
    'NULL',
    '-',
    '#N/A',
    '\\N',
  ])
})

test('dates of zeros look like nothing', () => {
  const none = ['0000-00-00', '0000-00-00 00:00:00', '00/00/0000', '00000000', '0/0/00', '00/01/1900']
  expect(found(['1988-05-10', ...none]).map(([text]) => text)).toEqual(none)
  expect(found(['0', '0.00000', '000000', '0042', '0/1/00', '01/01/1900', '0000-00-01'])).toEqual([])
})

test('what the plan names as empty is not told, and white space is nothing at all', () => {
  expect(found(['1', '2', 'NULL', ' ', '\u200b'], ['NULL'])).toEqual([])
})
