import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'

/** A way of writing mobiles that a country has given up, and how the same number is written now. */
interface Renumbering {
  readonly before: RegExp
  readonly now: (...parts: string[]) => string
}

const VIETNAM: Readonly<Record<string, string>> = Object.fromEntries(
  '120 70, 121 79, 122 77, 126 76, 128 78, 123 83, 124 84, 125 85, 127 81, 129 82, 186 56, 188 58, 199 59'
    .split(', ')
    .map((pair) => pair.split(' ')),
)

const GABON = ['', '11', '62', '', '74', '65', '66', '77']

/** By the second digit of what a mobile was, its operator. */
const IVORY_COAST = ['01', '01', '01', '01', '05', '05', '05', '07', '07', '07']

const RENUMBERED: Partial<Record<CountryCode, Renumbering>> = {
  // Until 2019, a 1 stood behind the country code, and 044, 045 or 01 in front of the number at home.
  MX: { before: /^(?:52)?(?:1|01|044|045)(\d{10})$/, now: (number = '') => number },
  // Between 2012 and 2016, mobiles got a 9 in front.
  BR: { before: /^(?:55|0)?([1-9]\d)([6-9]\d{7})$/, now: (area = '', number = '') => `${area}9${number}` },
  // In 2018, mobiles of eleven digits became ten.
  VN: {
    before: /^(?:84|0)?1(6\d|\d\d)(\d{7})$/,
    now: (block = '', number = '') =>
      (block.startsWith('6') ? `3${block.slice(1)}` : (VIETNAM[`1${block}`] ?? '')) + number,
  },
  // In 2021, numbers of eight digits became ten.
  CI: {
    before: /^(?:225)?([04-9])(\d)(\d{6})$/,
    now: (first = '', second = '', rest = '') => (IVORY_COAST[Number(second)] ?? '') + first + second + rest,
  },
  // In 2024, all numbers got 01 in front.
  BJ: { before: /^(?:229)?([24-69]\d{7})$/, now: (number = '') => `01${number}` },
  // In 2019, the first digit became two; international numbers kept the 0 until then.
  GA: { before: /^(?:241)?0?([1-7])(\d{6})$/, now: (first = '', rest = '') => (GABON[Number(first)] ?? '') + rest },
  // In 2014, mobiles got a 6 in front, and fixed lines a 2.
  CM: { before: /^(?:237)?([2379]\d{7})$/, now: (number = '') => (/^[79]/.test(number) ? '6' : '2') + number },
  // In 2013, mobiles got a 5 in front.
  MU: { before: /^(?:230)?([4789]\d{6})$/, now: (number = '') => `5${number}` },
  // In 2021, fixed lines got 60 in front.
  CO: { before: /^(?:57)?([124-8]\d{7})$/, now: (number = '') => `60${number}` },
  // Until 2016, a 0 stood in front of a mobile's 9.
  CL: { before: /^(?:56)?09(\d{8})$/, now: (number = '') => `9${number}` },
}

/** The number that an old way of writing stands for today, where it is a valid one: digits with the country code. */
export function renumbered(text: string, country: CountryCode): string | undefined {
  const { before, now } = RENUMBERED[country] ?? {}
  const [, ...parts] = before?.exec(text.replaceAll(/\D/g, '').replace(/^00(?=[1-9])/, '')) ?? []
  if (now === undefined || parts.length === 0) return undefined
  const number = parsePhoneNumberFromString(now(...parts), { defaultCountry: country, extract: false })
  return number?.isValid() === true ? number.number.slice(1) : undefined
}

/**
 * Whether an international number is one that its country has given up, and the library takes all the same: its member has
 * another one today, and would be there twice.
 */
export function isGivenUp(number: string): boolean {
  return number.startsWith('241') && /^241(?:0\d|[2-7])\d{6}$/.test(number)
}

/** Digits without a way to dial at home that people still write, and the library does not know. */
export function withoutOldTrunk(digits: string, country: CountryCode): string {
  // Ukraine's 8, which was dialled in front of the 0 until 2009.
  return country === 'UA' && /^80\d{9}$/.test(digits) ? digits.slice(1) : digits
}
