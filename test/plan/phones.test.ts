import * as fc from 'fast-check'
import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'
import metadata from 'libphonenumber-js/max/metadata'
import { expect, test } from 'vitest'
import { isGivenUp } from '../../src/plan/old-numbers.ts'
import { makeQuickReader } from '../../src/plan/quick-phone.ts'
import { readPhone } from '../../src/plan/read-phone.ts'
import { phoneReader as reader } from './phone-reader.ts'

/** Valid numbers of a country's mobiles (where it has no row of its own for them, of all its lines), or of its fixed lines. */
function numbersOf(country: CountryCode, line: 'mobile' | 'fixed'): fc.Arbitrary<string> | undefined {
  const plan = metadata.countries[country] as readonly unknown[]
  const types = plan[11] as readonly (readonly unknown[] | 0 | undefined)[] | undefined
  const [fixed, mobile] = [0, 1].map((place) => {
    const type = types?.[place]
    return Array.isArray(type) && type[0] !== '' ? (type[0] as unknown) : undefined
  })
  const pattern = types === undefined ? plan[2] : line === 'mobile' ? (mobile ?? fixed) : fixed
  if (typeof pattern !== 'string') return undefined
  return fc
    .stringMatching(new RegExp(`^(?:${pattern})$`))
    .filter((number) => /^\d+$/.test(number) && isValid(`+${getCountryCallingCode(country)}${number}`))
}

function isValid(number: string): boolean {
  return !isGivenUp(number.slice(1)) && parsePhoneNumberFromString(number)?.isValid() === true
}

/** The ways in which a number is written, most of which programs and people use. */
function writingsOf(country: CountryCode, number: string): readonly string[] {
  const code = getCountryCallingCode(country)
  const parsed = parsePhoneNumberFromString(`+${code}${number}`)
  // Gabon's numbers of seven digits are written with a 0 that belongs to those of eight: the library reads these.
  const national = country === 'GA' ? [] : [parsed?.formatNational() ?? '']
  const grouped = number.replaceAll(/(\d{3})(?=\d{2})/g, '$1-')
  return [
    number,
    ...national,
    `${code}${number}`,
    `+${code}${number}`,
    `00${code}${number}`,
    `${code} ${grouped}`,
    `+${code} (0) ${grouped}`.replace(' (0)', ''),
    `(+${code}) ${grouped}`,
    `00 ${code} ${grouped.replaceAll('-', '.')}`,
    `${code}${number}.0`,
    `="${code}${number}"`,
  ]
}

test.each(getCountries())('no mobile of %s is read as another number', (country) => {
  const numbers = numbersOf(country, 'mobile')
  if (numbers === undefined) return
  const code = getCountryCallingCode(country)
  const [read, readMobile] = [reader(country), reader(`${country} mobile`)]
  fc.assert(
    fc.property(numbers, (number) => {
      for (const text of writingsOf(country, number)) {
        const { number: found, why } = read(text)
        if (found === undefined) expect(why, text).toMatch(/may be \d+ or|is not a phone number|holds two numbers/)
        else expect(found, text).toBe(code + number)
      }
      // With + or 00 there is nothing to doubt.
      expect(readMobile(`+${code}${number}`)).toMatchObject({ number: code + number })
      expect(readMobile(`00${code}${number}`)).toMatchObject({ number: code + number })
    }),
    { numRuns: 25 },
  )
})

test.each(getCountries())(
  'no fixed line of %s is read as another number, but for a mobile with its code',
  (country) => {
    const numbers = numbersOf(country, 'fixed')
    if (numbers === undefined) return
    const code = getCountryCallingCode(country)
    const read = reader(country)
    fc.assert(
      fc.property(numbers, (number) => {
        for (const text of writingsOf(country, number)) {
          const { number: found } = read(text)
          if (found === undefined || found === code + number) continue
          const whole = parsePhoneNumberFromString(`+${found}`)
          // Behind the code, a 0 may stand that is dialled at home alone.
          const digits = text.replaceAll(/\D/g, '').replace(new RegExp(`^${code}0`), code)
          expect([digits, whole?.getType()], text).toEqual([found, 'MOBILE'])
        }
      }),
      { numRuns: 25 },
    )
  },
)

test.each(['AT', 'DE', 'FI', 'ID', 'IN', 'IT'] as const)(
  'what stands behind a number of %s makes no longer one of it',
  (country) => {
    const numbers = numbersOf(country, 'mobile')
    if (numbers === undefined) throw new Error(country)
    const code = getCountryCallingCode(country)
    const read = reader(country)
    const behind = fc.constantFrom(
      'e1',
      'E+11',
      '.50',
      ',5',
      '.0.0',
      '/11',
      ' / 11',
      '(11)',
      ' (2)',
      ';11',
      '|11',
      '*11',
      '#11',
    )
    const more = fc.constantFrom(
      ':11',
      '_11',
      '&11',
      '+11',
      '\\11',
      '\n11',
      'a11',
      "'11",
      '?11',
      '=11',
      '%11',
      '·11',
      ' to 11',
      ' x11',
    )
    fc.assert(
      fc.property(numbers, fc.oneof(behind, more), (number, tail) => {
        for (const text of [`${code}${number}`, `00${code}${number}`, `+${code}${number}`]) {
          expect([undefined, code + number], text + tail).toContain(read(text + tail).number)
        }
      }),
      { numRuns: 40 },
    )
  },
)

test('phone reads quickly what it reads in full', () => {
  const countries = [
    'IN',
    'SG',
    'MY',
    'ID',
    'TH',
    'PH',
    'VN',
    'AE',
    'US',
    'GB',
    'AU',
    'CN',
    'JP',
    'BR',
    'IT',
    'MX',
    'KZ',
    'AR',
    'DE',
    'FI',
    'CO',
    'XK',
  ]
  const prefixes = [
    '',
    '0',
    '00',
    '+',
    '9',
    '8',
    '6',
    '7',
    '1',
    '91',
    '+91',
    '+910',
    '65',
    '+65',
    '4',
    '15',
    '0091',
    '86',
    '55',
    '49',
    '358',
  ]
  const numbers = fc.tuple(fc.constantFrom(...prefixes), fc.stringMatching(/^\d{5,12}$/)).map((parts) => parts.join(''))
  let quickly = 0
  fc.assert(
    fc.property(fc.constantFrom(...countries), numbers, (country, text) => {
      if (!isSupportedCountry(country)) throw new Error(country)
      const number = makeQuickReader(country)?.(text)
      if (number === undefined) return
      quickly += 1
      expect(readPhone(text, { country, onlyMobiles: true })).toEqual({ kind: 'number', number, isMobile: true })
    }),
    { numRuns: 3000 },
  )
  expect(quickly).toBeGreaterThan(10)
  for (const text of ['9876543210', '919876543210', '+919876543210']) {
    expect(makeQuickReader('IN')?.(text)).toBe('919876543210')
  }
})

test.each([
  ['DE', '491771234037', '491771234037'],
  ['DE', '01771234037', '491771234037'],
  ['DE', '0177/1234037', '491771234037'],
  ['DE', '0177.1234037', '491771234037'],
  ['DE', '+49 (0)177 1234037', '491771234037'],
  ['DE', '49 (0) 177 1234037', '491771234037'],
  ['AT', '436641234567.0', '436641234567'],
  ['AT', '436641234567,00', '436641234567'],
  ['AT', '0664 1234567', '436641234567'],
  ['FI', '358401234567.0', '358401234567'],
  ['ID', '6281234567890', '6281234567890'],
  ['US', '00 44 7911 123456', '447911123456'],
  ['US', '011 44 7911 123456', '447911123456'],
  ['CO', '00573026081470', '573026081470'],
  ['BR', '005551944923315', '5551944923315'],
  ['TH', '0066642851581', '66642851581'],
  ['US', '+1.2025551234', '12025551234'],
  ['IN', '919876543210.0', '919876543210'],
  ['IN', '="919876543210"', '919876543210'],
  ['IN', '="+91 98765 43210"', '919876543210'],
  ['IN', "'+919876543210", '919876543210'],
  ['IN', "'9876543210", '919876543210'],
  ['IN', '\u202a+919876543210\u202c', '919876543210'],
  ['IN', '98765\u200b43210', '919876543210'],
  ['IN', 'tel:+919876543210', '919876543210'],
  ['IN', 'tel:+91-98765-43210', '919876543210'],
  ['IN', 'whatsapp:+919876543210', '919876543210'],
  ['IN', 'p:+919876543210', '919876543210'],
  ['IN', '919876543210@c.us', '919876543210'],
  ['IN', '4915112345678@s.whatsapp.net', '4915112345678'],
  ['IN', '’9876543210', '919876543210'],
  ['IN', '`919876543210', '919876543210'],
  ['IN', '"919876543210"', '919876543210'],
  ['IN', "b'9876543210'", '919876543210'],
  ['IN', '(+91) 9876543210', '919876543210'],
  ['IN', '9876543210 (home)', '919876543210'],
  ['IN', '[WhatsApp] 98765 43210', '919876543210'],
  ['JP', '０９０－１２３４－５６７８（自宅）', '819012345678'],
  ['IN', '９８７６５４３２１０', '919876543210'],
  ['EG', '٠١٠١٢٣٤٥٦٧٨', '201012345678'],
  ['IR', '۰۹۱۲۳۴۵۶۷۸۹', '989123456789'],
  ['IN', '९८७६५४३२१०', '919876543210'],
  ['TH', '๐๘๑๒๓๔๕๖๗๘', '66812345678'],
  ['IN', '9876543210 / 09876543210', '919876543210'],
  ['IN', '9876543210,9876543210', '919876543210'],
  ['IN', '98765 43210 98765 43210', '919876543210'],
  ['IN', '+91\u00a098765\u202f43210', '919876543210'],
  ['AT', '0664/123/45/67', '436641234567'],
  ['DE', '030 123456-78', '493012345678'],
  ['IT mobile', '3906698511', '393906698511'],
  ['DE mobile', '491771234037', '491771234037'],
  ['US mobile', '(213) 373-4253', '12133734253'],
  ['IN', '091-98765 43210', '919876543210'],
  ['CN', '086-13800138000', '8613800138000'],
  ['BR', '(0xx11) 98765-4321', '5511987654321'],
  ['BR', '0XX 11 98765 4321', '5511987654321'],
  ['BR', '(0**11) 98765-4321', '5511987654321'],
  ['JP', '090ｰ1234ｰ5678', '819012345678'],
  ['IN', '+91 98765 43210,', '919876543210'],
  ['IN', '98765 43210;', '919876543210'],
  ['UA', '8 067 123 45 67', '380671234567'],
  ['UA', '80671234567', '380671234567'],
  ['KR', '010-1234-5678', '821012345678'],
  ['DE', '491771234', '49491771234'],
  ['DE', '0491512345678', '49491512345678'],
  ['DE', '+49 4921 123456', '494921123456'],
  ['KR', '01012345678', '821012345678'],
  ['KR', '070-1234-5678', '827012345678'],
  ['GA', '077 12 34 56', '24177123456'],
])('phone %s reads %s as %s', (args, cell, number) => {
  expect(reader(args)(cell)).toEqual({ number })
})

test('a long row of digits is no phone, and takes no time', () => {
  expect(reader('IN')('9'.repeat(250_000)).why).toContain('is not a phone number')
  expect(reader('IN')(`98,${','.repeat(250_000)}x`).why).toContain('is not a phone number')
})
