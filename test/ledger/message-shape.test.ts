import { expect, test } from 'vitest'

import { hintShape, messageShape } from '../../src/ledger/message-shape.ts'

test.each([
  ['Customer already exists with id 552695692 for same source', 'Customer already exists with id … for same source'],
  ['Invalid Primary Id `asha`', 'Invalid Primary Id …'],
  ['column "dob": "31/13/1990" is not dd/MM/yyyy', 'column "dob": … is not dd/MM/yyyy'],
  ["mail asha@example.com isn't one of 'a' or 'b'", "mail … isn't one of … or …"],
  ['phone +919876543210 is too long', 'phone … is too long'],
  ['at most 50 customers', 'at most 50 customers'],
  ['The row repeats row 7: it has the same mobile.', 'The row repeats row …: it has the same mobile.'],
  ['the row is repeated by row 48213', 'the row is repeated by row …'],
  [String.raw`column "n": "Asha \"Queen\" Rao" is no number`, 'column "n": … is no number'],
  [
    'column 2 "name": a quote (") stands inside; double it ("").',
    'column 2 "name": a quote (") stands inside; double it ("").',
  ],
])('%s', (message, shape) => {
  expect(messageShape(message)).toBe(shape)
})

test.each([['"'], ['“'], ["'"], ['`'], ['\\"'], ['a@'], ['x'], ['("']])(
  'costs no more of a message of megabytes, whatever it is of: %s',
  (piece) => {
    const [one, two] = [2 ** 20, 2 ** 21].map((length) => piece.repeat(length / piece.length)) as [string, string]
    const startedAt = performance.now()
    for (let times = 0; times < 20; times++) messageShape(one)
    // Reading all of it would take seconds each time.
    expect(performance.now() - startedAt).toBeLessThan(10_000)
    expect(messageShape(one)).toBe(messageShape(two))
  },
)

test('a hint keeps what is to be done, and has no number of a member', () => {
  expect(hintShape('With digits alone, it would be +919876000120.')).toBe('With digits alone, it would be ….')
  const plain = 'If its years are those of 2567, write `buddhist` behind the form; at most 6,000 a minute.'
  expect(hintShape(plain)).toBe(plain)
})
