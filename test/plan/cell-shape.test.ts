import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isErrorWord } from '../../src/outside/spreadsheet-errors.ts'
import { isScientific, unarmour, withoutFloatTail } from '../../src/plan/cell-shape.ts'
import { foldDigits, foldPlain, foldWidth } from '../../src/plan/fold-text.ts'
import { dropInvisible, hasInvisible, showInvisible, trimBlank } from '../../src/plan/invisible.ts'
import { isWordForNothing, isZeros } from '../../src/plan/words-for-nothing.ts'

test.each([
  '1.23457E+15',
  '9.19877E+11',
  '1,23457E+15',
  '1e+06',
  '7.0E7',
  '-1.5e-05',
  '1.23E+015',
  '123.5E+12',
  '1E+5',
  '12E+4',
  '.12E+16',
  '1.E+05',
  '1.23 E+15',
  '1.234567D+15',
  '0.12e16',
])('%s is in E-notation', (text) => expect(isScientific(text)).toBe(true))

test.each([
  '12E4',
  '1E5',
  'E+15',
  '1.5',
  '123',
  'A1.5E+3',
  '1.5E',
  '2e10',
  '12E-4',
  '1.2.E+',
  '.E+5',
  '1.5D3',
  '12D+4',
])('%s may be an id, and is not in E-notation', (text) => expect(isScientific(text)).toBe(false))

test.each([
  ['919876543210.0', '919876543210'],
  ['00123.0', '00123'],
  ['12,00', '12'],
  ['+43664.000', '+43664'],
  ['12.5', undefined],
  ['12.', undefined],
  ['.0', undefined],
  ['A12.0', undefined],
  ['1.2.0', undefined],
])('the float %s is the integer %s', (text, integer) => expect(withoutFloatTail(text)).toBe(integer))

test.each([
  ['="00123"', '00123'],
  ['="say ""so"""', 'say "so"'],
  ['=""', ''],
  ['= "00123"', '00123'],
  ['=T("00123")', '00123'],
  ["'00123", '00123'],
  ["'+919876543210", '+919876543210'],
  ["'t Hooft", undefined],
  ['`00123', '00123'],
  ['’00123', '00123'],
  ['‘+919876543210', '+919876543210'],
  ['="a"&"b"', undefined],
  ['=1+2', undefined],
  ['00123', undefined],
])('the text that %s keeps is %s', (text, kept) => expect(unarmour(text)).toBe(kept))

test.each(['#N/A', '#n/a', '#REF!', '#VALUE!', '#DIV/0!', '#NV', '#¡VALOR!', '#ЗНАЧ!', '########', 'Err:502'])(
  '%s is an error of a spreadsheet',
  (text) => expect(isErrorWord(text)).toBe(true),
)

test.each(['#1', '#A123', '#', '##', 'N/A', '#hash!', 'Err:50', 'Err:412'])('%s is no error of a spreadsheet', (text) =>
  expect(isErrorWord(text)).toBe(false),
)

test.each(
  'NULL,null,\\N,N/A,n/a,n.a.,NA,<NA>,(null),[NULL],NaN,NaT,None,nil,undefined,-,--,.,?,…,#N/A,not available,unknown,k.A.,s/d,nvt,TBD,N / A,なし,不明,无,없음,нет,لا يوجد,ไม่มี,não informado,tidak ada,Ｎ／Ａ,－'.split(
    ',',
  ),
)('%s is a word for nothing', (text) => expect(isWordForNothing(text)).toBe(true))

test.each(['', ' ', 'Asha', '0', 'Nana', 'A-1', 'null@example.com', '00123', 'Nullmann', 'अनिल', 'x'.repeat(50)])(
  '%j is no word for nothing',
  (text) => expect(isWordForNothing(text)).toBe(false),
)

test.each(['0', '000000', '0.0', '00-00', '+0', ' 0 ', '٠٠'])('%s is zeros alone', (text) =>
  expect(isZeros(text)).toBe(true),
)

test.each(['', '-', '10', '0x0', '.'])('%j is not zeros alone', (text) => expect(isZeros(text)).toBe(false))

test.each([
  ['\u200b00124', '00124'],
  ['00125\u00a0', '00125'],
  ['\ufeff00127\u200e', '00127'],
  ['\u202b محمد \u202c', 'محمد'],
  ['\u00ad', ''],
  ['\u3000\u200b\u2060', ''],
  ['\u2066x\u2069', 'x'],
  // A joiner inside a Persian name, and behind a virama at the end of a Malayalam one.
  ['علی\u200cرضا', 'علی\u200cرضا'],
  ['രാമന്\u200d', 'രാമന്\u200d'],
  ['Asha\u200d', 'Asha'],
  ['\u0085x', 'x'],
])('%j without blanks at its ends is %j', (text, trimmed) => expect(trimBlank(text)).toBe(trimmed))

test('white space is trimmed as JavaScript trims it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(trimBlank(text).trim()).toBe(trimBlank(text))
      if (!hasInvisible(text) && !text.includes('\u0085')) expect(trimBlank(text)).toBe(text.trim())
    }),
  )
})

test('what cannot be seen is dropped inside, or shown by its code point', () => {
  expect(dropInvisible('98\u200b76\u00ad5 4')).toBe('98765 4')
  expect(showInvisible('\u202a+91\u202c\u00a0x y')).toBe('<U+202A>+91<U+202C><U+00A0>x y')
  expect(hasInvisible('a b')).toBe(false)
})

test('digits of every script and full-width signs have their plain forms', () => {
  expect(foldDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ ०१२३४५६७८९ ๐๑๒๓๔๕๖๗๘๙')).toBe('0123456789 0123456789 0123456789 0123456789')
  expect(foldDigits('𝟎𝟏𝟗𝟘𝟡𝟿')).toBe('019099')
  expect(foldWidth('ａｓｈａ＠ｅｘ．ｃｏｍ　１')).toBe('asha@ex.com 1')
  expect(foldPlain('١٬٢٣٤٫٥')).toBe('1,234.5')
  expect(foldPlain('昭和６３年')).toBe('昭和63年')
  fc.assert(fc.property(fc.string(), (text) => foldPlain(text) === text))
})

test.each(['00000000-0000-0000-0000-000000000000', '{00000000-0000-0000-0000-000000000000}'])(
  'the GUID %s is zeros',
  (text) => expect(isZeros(text)).toBe(true),
)
