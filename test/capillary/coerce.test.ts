import { describe, expect, test } from 'vitest'
import { booleanOf, codeOf, idOf, numberOf, textOf } from '../../src/capillary/coerce.ts'
import type { Json } from '../../src/model.ts'

type Cases = readonly (readonly [value: Json | undefined, expected: boolean | number | string | undefined])[]

describe.each<{ what: string; read: (value: Json | undefined) => boolean | number | string | undefined; cases: Cases }>(
  [
    {
      what: 'a boolean',
      read: booleanOf,
      cases: [
        [true, true],
        [false, false],
        [' TRUE ', true],
        ['False\n', false],
        ['no', undefined],
        ['', undefined],
        [1, undefined],
        [null, undefined],
        [undefined, undefined],
      ],
    },
    {
      what: 'a number',
      read: numberOf,
      cases: [
        [7.25, 7.25],
        ['7', 7],
        [' -12.50\t', -12.5],
        ['123456789012345', 123_456_789_012_345],
        ['1234567890123456', undefined],
        ['7 points', undefined],
        ['EUR 7', undefined],
        ['7.', undefined],
        ['7.x', undefined],
        ['1e3', undefined],
        ['', undefined],
        [true, undefined],
        [['7'], undefined],
        [null, undefined],
      ],
    },
    {
      what: 'a code',
      read: codeOf,
      cases: [
        [8006, 8006],
        ['8006', 8006],
        [-1, -1],
        [80.5, undefined],
        ['80.5', undefined],
        ['none', undefined],
        [undefined, undefined],
      ],
    },
    {
      what: 'an id',
      read: idOf,
      cases: [
        [42, '42'],
        [' 42 ', '42'],
        ['90071992547409931', '90071992547409931'],
        [0, undefined],
        ['-1', undefined],
        ['042', undefined],
        ['42a', undefined],
        [4.5, undefined],
        [[42], undefined],
        [true, undefined],
      ],
    },
    {
      what: 'a text',
      read: textOf,
      cases: [
        ['  so so ', 'so so'],
        [12, '12'],
        ['  ', undefined],
        [false, undefined],
        [null, undefined],
      ],
    },
  ],
)('$what', ({ read, cases }) => {
  test.each(cases.map(([value, expected]) => ({ value, expected })))(
    'in $value is $expected',
    ({ value, expected }) => {
      expect(read(value)).toBe(expected)
    },
  )
})
