import { expect, test } from 'vitest'

import { harmless } from '../../src/report/harmless.ts'

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', ' =1', ' \t "=1"', "'=1", '＝1', '＠x', '\u00a0+1'])(
  '%j gets an apostrophe in front',
  (text) => {
    expect(harmless(text)).toBe(`'${text}`)
  },
)

test.each(['', 'a=1', '1-2', 'asha@example.com', '8107 No label', ' spaced', '"quoted"'])(
  '%j stays as it is',
  (text) => {
    expect(harmless(text)).toBe(text)
  },
)
