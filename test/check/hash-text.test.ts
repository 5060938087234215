import { expect, test } from 'vitest'
import { hashText, newHash } from '../../src/check/hash-text.ts'

/** As the Python package mmh3 says of the texts in UTF-16LE: `mmh3.hash128(text, 0, False)`. */
const known: readonly [text: string, hash: readonly number[]][] = [
  ['', [0, 0, 0, 0]],
  ['a', [54243734, 3438235617, 3438235617, 3438235617]],
  ['ab', [638564691, 2938287869, 2938287869, 2938287869]],
  ['mobile:919876543210', [3861629588, 3434076202, 1338775613, 3503629184]],
  ['email:asha.rao@example.com', [3571503216, 4013657308, 4045293975, 1639618402]],
  ['Đức 小林 €', [3623543212, 1466139687, 4135890720, 3050675775]],
  ['xxxxxxxxxxxxxxxx', [2599946921, 515850646, 2104922331, 126592589]],
  ['xxxxxxxxxxxxxxxxx', [1758727242, 264509430, 979578506, 2956779798]],
  ['The quick brown fox jumps over the lazy dog', [364820102, 261420746, 4275341645, 683568475]],
]

test.each(known)('%j is hashed as the reference does', (text, hash) => {
  const found = newHash()
  hashText(text, found)
  expect([...found]).toEqual(hash)
})

test('hashes chain: where one text ends makes a difference', () => {
  const [one, other] = [newHash(), newHash()]
  for (const text of ['ab', 'c']) hashText(text, one)
  for (const text of ['a', 'bc']) hashText(text, other)
  expect([...one]).not.toEqual([...other])
})
