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
  ['x'.repeat(80), `${'x'.repeat(60)}…`],
])('%s is shown as %s', (key, shown) => {
  expect(shownKey(key)).toBe(shown)
})
