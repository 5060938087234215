import { expect, test } from 'vitest'

import { shownKey } from '../../src/report/shown-key.ts'

test.each([
  ['EXT-48213', 'EXT-48213'],
  ['M 1', 'M 1'],
  ['123456', '123456'],
  ['asha.rao@example.com', '(an e-mail)'],
  ['Asha <asha@example>', '(an e-mail)'],
  ['919876543210', '…210'],
  ['+91 98765 43210', '…210'],
  ['(040) 123-4567', '…567'],
  ['98765.43/2 1 0', '…210'],
  ['1234567', '…567'],
  ['12345678901234567', '12345678901234567'],
  ['M-9876543210', 'M-9876543210'],
  ['9876543210-M', '9876543210-M'],
  ['x'.repeat(60), 'x'.repeat(60)],
  ['x'.repeat(80), `${'x'.repeat(60)}…`],
])('%s is shown as %s', (key, shown) => {
  expect(shownKey(key)).toBe(shown)
})
