import { expect, test } from 'vitest'
import { scoreEncodings } from '../../src/source/text/score-encodings.ts'

test('digits and spaces as wide as a kanji are as likely as one', () => {
  const text =
    '89ef88f594d48d862c8e8196bc2c834a83692c936498620a312c8e529363814089d48e712c8384837d835f8140836e836983522c824f8258824f817c8250825182528253817c82548255825682570a'
  expect(scoreEncodings(Buffer.from(text, 'hex'))).toEqual({ best: 'shift_jis', rivals: [] })
})

test.each(['Nº Socio;Nombre\n1;Ana García\n', 'N.º;Teléfono\n2ª;1\n', 'Nº;Cognom\n1;Núñez\n'])(
  'what stands in Nº is no letter: %j',
  (text) => expect(scoreEncodings(Buffer.from(text, 'latin1'))).toEqual({ best: 'windows-1252', rivals: [] }),
)

test('a Romanian ş, which has the same byte, stays one', () => {
  const text = Buffer.from('Nume;Ora\xBA\n\xAAtefan;Ia\xBAi\nIoni\xFE\xE3;Bucure\xBAti\n', 'latin1')
  expect(scoreEncodings(text)).toEqual({ best: 'windows-1250', rivals: [] })
})

test('half-width kana are as likely as letters, where no Latin ones stand beside them', () => {
  const text =
    '89ef88f594d48d862c8e8196bc2cb6c52c9364986294d48d860a303030312c8e52936389d48e712cd4cfc0de20cac5ba2c303930b031323334b0353637380a303030322c8db293a191be98592cbbc4b320c0dbb32c303930b031323334b0353637390a'
  expect(scoreEncodings(Buffer.from(text, 'hex'))).toEqual({ best: 'shift_jis', rivals: [] })
  const names = Buffer.from('Nº;NOMBRE;POBLACIÓN\n1;MUÑOZ;LEÓN\n2;PEÑA;CÁDIZ\n', 'latin1')
  expect(scoreEncodings(names)).toEqual({ best: 'windows-1252', rivals: [] })
})
