import { expect, test } from 'vitest'
import { isMember } from '../../../src/app/plan/is-member.ts'

test.each<[header: string[], rows: string[][], is: boolean]>([
  [['M-1', 'Asha', 'a@x.com'], [['M-2', 'Dev', 'b@x.com']], true],
  [
    ['M-1', 'Asha', '+919876543210'],
    [
      ['M-2', 'Dev', '+919876543211'],
      ['M-3', 'Uma', '+919876543212'],
    ],
    true,
  ],
  [
    ['1001', 'Asha', 'Rao'],
    [
      ['1002', 'Dev', 'Nair'],
      ['1003', 'Uma', 'Iyer'],
    ],
    true,
  ],
  [
    ['M-00123', 'Asha'],
    [
      ['M-7', 'Dev'],
      ['M-8', 'Uma'],
    ],
    true,
  ],
  [
    ['Asha', '10/05/1988'],
    [
      ['Dev', '03/06/1990'],
      ['Uma', '04/06/1990'],
    ],
    true,
  ],
  // Columns are called so.
  [
    ['id', '2019', '2020'],
    [
      ['M-1', '1200', '1300'],
      ['M-2', '1400', '1500'],
    ],
    false,
  ],
  [
    ['F1', 'F2'],
    [
      ['F10', 'x'],
      ['F11', 'y'],
    ],
    false,
  ],
  [
    ['a1', 'b'],
    [
      ['Asha', 'x'],
      ['Dev', 'y'],
    ],
    false,
  ],
  [
    ['code 1', 'b'],
    [
      ['7', 'x'],
      ['8', 'y'],
    ],
    false,
  ],
])('%j above %j is a member: %s', (header, rows, is) => {
  const columns = header.map((name, at) => ({ name, values: rows.map((row) => row[at] ?? ''), typed: false }))
  expect(isMember(header, columns)).toBe(is)
})
