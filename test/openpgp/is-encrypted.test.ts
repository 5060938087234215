import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encryptionOf } from '../../src/openpgp/is-encrypted.ts'
import { made } from './made.ts'

test.for([
  ['members.csv.gpg', 'binary'],
  ['members.csv.asc', 'armored'],
  ['signed.gpg', 'binary'],
  ['for-other.gpg', 'binary'],
  ['with-password.gpg', 'binary'],
  ['without-integrity.gpg', 'binary'],
  ['members.csv', undefined],
] as const)('%s is %s', ([name, form]) => {
  expect(encryptionOf(readFileSync(made(name)))).toBe(form)
})

test('text that may begin with the same byte in other encodings is none', () => {
  for (const text of ['\u0084Name\u0093', '\u0085;x;y', 'Äpfel', 'Ángel,x', '\u008CIR']) {
    expect(encryptionOf(Buffer.from(text, 'latin1'))).toBeUndefined()
  }
})

test('no text in UTF-8 is taken for an encrypted file, unless it says that it is one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(encryptionOf(Buffer.from(text))).toBeUndefined()
    }),
  )
})
