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
import type { Refuse } from '../../src/plan/template.ts'
import { makeFilter } from '../../src/plan/filters.ts'

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

/** What `phone …` makes of a cell: the number, or why not, with the hint behind it. */
function reader(args: string): (cell: string) => { readonly number?: string; readonly why?: string } {
  const filter = makeFilter('phone', args.split(' '), { tables: new Map(), earlier: [] })
  if ('mistake' in filter || filter.kind !== 'read') throw new Error(args)
  return (cell) => {
    let why = ''
    const refuse: Refuse = (_, reason, hint = '') => {
      why = `${reason} ${hint}`.trim()
      return undefined
    }
    const number = filter.read(cell, refuse, () => undefined)
    return typeof number === 'string' ? { number } : { why }
  }
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
      expect(readMobile(`+${code}${number}`)).toEqual({ number: code + number })
      expect(readMobile(`00${code}${number}`)).toEqual({ number: code + number })
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
          expect([text.replaceAll(/\D/g, ''), whole?.getType()], text).toEqual([found, 'MOBILE'])
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
  ['IN', '+91 98765 43210,', '919876543210'],
  ['IN', '98765 43210;', '919876543210'],
  ['UA', '8 067 123 45 67', '380671234567'],
  ['UA', '80671234567', '380671234567'],
  ['GA', '077 12 34 56', '24177123456'],
])('phone %s reads %s as %s', (args, cell, number) => {
  expect(reader(args)(cell)).toEqual({ number })
})

test('a long row of digits is no phone, and takes no time', () => {
  expect(reader('IN')('9'.repeat(250_000)).why).toContain('is not a phone number')
  expect(reader('IN')(`98,${','.repeat(250_000)}x`).why).toContain('is not a phone number')
})

test.each([
  ['IN', '9.19877E+11', 'is a number in E-notation: its last digits are lost; expected one of India'],
  ['IN', '9,19877E+11', 'is a number in E-notation'],
  ['IN', '9.19876543210E11', 'is a number in E-notation, for 919876543210; expected one of India'],
  ['AT', '436641234567.5', 'is a number with decimals, and no phone number'],
  ['AT', '436 641 234 567.0', 'is a number with decimals, and no phone number'],
  ['AT', '436\u202f641\u202f234\u202f567,00', 'is a number with decimals, and no phone number'],
  ['AT', '0.436641234567e12', 'is a number in E-notation, for 436641234567'],
  ['IN', '=+919876543210', 'is a formula of a spreadsheet'],
  ['IN', '******3210', 'hides some of its digits'],
  ['MX', '5215512345678', 'Mexico has changed its numbers: today it would be 525512345678.'],
  ['MX', '044 55 1234 5678', 'today it would be 525512345678.'],
  ['BR', '11 8765-4321', 'today it would be 5511987654321.'],
  ['VN', '0121 234 5678', 'today it would be 84792345678.'],
  ['VN', '84 169 234 5678', 'today it would be 84392345678.'],
  ['MX', '0052 1 55 1234 5678', 'today it would be 525512345678.'],
  ['BR', '0055 11 8765 4321', 'today it would be 5511987654321.'],
  ['CI', '07 12 34 56', 'Côte d’Ivoire has changed its numbers: today it would be 2250707123456.'],
  ['CI', '+225 84 12 34 56', 'today it would be 2250584123456.'],
  ['CI', '22541234567', 'today it would be 2250141234567.'],
  ['BJ', '00229 97123456', 'today it would be 2290197123456.'],
  ['GA', '+24107123456', 'today it would be 24177123456.'],
  ['GA', '06 12 34 56', 'today it would be 24166123456.'],
  ['GA', '7123456', 'today it would be 24177123456.'],
  ['IN', '+24107123456', 'is not a phone number'],
  ['CM', '+237 77 12 34 56', 'today it would be 237677123456.'],
  ['MU', '712 3456', 'today it would be 23057123456.'],
  ['CO', '(1) 234 5678', 'today it would be 576012345678.'],
  ['CL', '09 8765 4321', 'today it would be 56987654321.'],
  ['CI', '707123456', 'With the 0 that a spreadsheet may have taken away, it would be 2250707123456.'],
  ['IT', '+39 6 6982 1234', 'With the 0 that a spreadsheet may have taken away, it would be 390669821234.'],
  ['GB', 'O7911 l23456', 'has a letter in the place of a digit; expected one of United Kingdom'],
  ['MX', '5215512', 'is not a phone number; expected one of Mexico, or an international one that begins with +'],
  ['IN', '9876543210 / 9876543211', 'holds two numbers, 919876543210 and 919876543211'],
  ['IN', '9876543210/9876543211', '`split / 1 | phone IN` takes the first'],
  ['IN', '9876543210, 9876543211', '`split , 1 | phone IN` takes the first'],
  ['IN', '9876543210; 9876543211', 'holds two numbers, 919876543210 and 919876543211'],
  ['IN', '9876543210|9876543211', "`split '|' 1 | phone IN` takes the first"],
  ['IN', '9876543210 9876543211', 'holds two numbers, 919876543210 and 919876543211'],
  ['IN', '9876543210 or 9876543211', 'holds two numbers'],
  ['DE', '0171/1234567; 030/123456', '`split ; 1 | phone DE` takes the first'],
  ['IN', '98765 43210\n98765 43211', 'holds two numbers'],
  ['IN', '9876543210,9876543211', 'holds two numbers, 919876543210 and 919876543211'],
  ['IN', '9876543210-9876543211', 'holds two numbers, 919876543210 and 919876543211'],
  ['IN', '9876543210 - 98765 43211', 'holds two numbers, 919876543210 and 919876543211'],
  ['AT', '0664 1234567/68', 'holds two numbers, the second by its last digits'],
  ['AT', '0664/1234567/68', 'holds two numbers, the second by its last digits'],
  ['DE', '0177 1234037 / 38', 'holds two numbers, the second by its last digits'],
  ['FI', '040 1234567/8', 'holds two numbers, the second by its last digits'],
  ['AT', '01 234567 / 01 234568', 'holds two numbers, 431234567 and 431234568'],
  ['DE', '0177 1234037 und 0178 1234037', 'holds two numbers, 491771234037 and 491781234037'],
  [
    'IN',
    'NULL',
    "stands for nothing; expected one of India, or an international one that begins with + If it stands for nothing, let cells that hold it be empty: `rows: { empty: ['NULL'] }` in the plan.",
  ],
  ['IN', 'n/a', 'stands for nothing'],
  ['IN', '-', 'stands for nothing'],
  ['IN', '0', "`rows: { empty: ['0'] }`"],
  ['IN', '#N/A', 'stands for nothing'],
  ['IN', '98765 43210 ext 5', 'has an extension'],
  ['IN', 'asha@example.com', 'looks like an e-mail address'],
  ['IN', '9,876,543,210', 'is written with thousands separators'],
  ['IN', '98****3210', 'hides some of its digits'],
  ['IN', 'Mob: 9876543210', 'holds text beside a number'],
  ['IN', '12345', 'is not a phone number; expected one of India, or an international one that begins with +'],
  ['IN', '987654321012345', 'is not a phone number'],
  ['IN', '447400123456', 'It would be one of United Kingdom, if a + stood in front.'],
  ['DE', '436641234567', 'may be 49436641234567 or, with its country code in front, 436641234567'],
  ['IT', '3906698511', 'may be 393906698511 or, with its country code in front, 3906698511'],
  ['DE mobile', '0491 771234', 'is a number, 49491771234, but no mobile'],
  ['DE mobile', '+49 30 123456', 'is a number, 4930123456, but no mobile; expected a mobile of Germany'],
])('phone %s says of %s: %s', (args, cell, said) => {
  expect(reader(args)(cell).why).toContain(said)
})
