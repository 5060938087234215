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

test('so does a word for nothing between a program’s signs, whose column holds names', () => {
  const names = ['Asha', 'Nina', '-None-', '(blank)', '<nil>', '{{first_name}}', '*|FNAME|*', '(Nina)', '- Rao -']
  expect(found(names).map(([text]) => text)).toEqual(['-None-', '(blank)', '<nil>', '{{first_name}}', '*|FNAME|*'])
})

test('a word for nothing is told with what pads it, as a plan names it', () => {
  const padded = ['a@example.com'.padEnd(30), 'NULL'.padEnd(60), 'NULL'.padEnd(60), ' ?']
  expect(found(padded)).toEqual([
    ['NULL'.padEnd(60), 2],
    [' ?', 1],
  ])
  expect(found(padded, ['NULL'.padEnd(60), ' ?'])).toEqual([])
})

test('dates of zeros look like nothing', () => {
  const none = ['0000-00-00', '0000-00-00 00:00:00', '00/00/0000', '00000000', '0/0/00', '00/01/1900']
  const ofPrograms = ['1/0/1900', '00-Jan-1900', '1900-01-00', '-0001-11-30', '-0001-11-30 00:00:00', '30/11/-0001']
  expect(found(['1988-05-10', ...none, ...ofPrograms]).map(([text]) => text)).toEqual([...none, ...ofPrograms])
  expect(found(['0', '0.00000', '000000', '0042', '0/1/00', '01/01/1900', '0000-00-01'])).toEqual([])
  expect(found(['1/1/1900', '19000100', '1900-01-01', '30/11/2001', '-0001', '-0001-11-3012'])).toEqual([])
})

test('what the plan names as empty is not told, and white space is nothing at all', () => {
  expect(found(['1', '2', 'NULL', ' ', '\u200b'], ['NULL'])).toEqual([])
})
