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

test('what is signed alone is none, in armor or without it', () => {
  // As `gpg --sign` begins, GnuPG 2.2.
  const signed = Buffer.from('a30101e1011efe900d0300080154', 'hex')
  expect(encryptionOf(signed)).toBeUndefined()
  for (const comment of ['', 'Comment: members\n', 'Version: 1\r\nComment: x\r\n']) {
    const armor = (bytes: Buffer) => `-----BEGIN PGP MESSAGE-----\n${comment}\n${bytes.toString('base64')}\n`
    expect(encryptionOf(Buffer.from(armor(signed)))).toBeUndefined()
    expect(encryptionOf(Buffer.from(armor(readFileSync(made('members.csv.gpg')).subarray(0, 48))))).toBe('armored')
  }
  expect(encryptionOf(Buffer.from('-----BEGIN PGP MESSAGE-----\n'))).toBe('armored')
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
    { examples: [['À\u0004']] },
  )
})
