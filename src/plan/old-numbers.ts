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
}

/** The number that an old way of writing stands for today, where it is a valid one: digits with the country code. */
export function renumbered(text: string, country: CountryCode): string | undefined {
  const { before, now } = RENUMBERED[country] ?? {}
  const [, ...parts] = before?.exec(text.replaceAll(/\D/g, '')) ?? []
  if (now === undefined || parts.length === 0) return undefined
  const number = parsePhoneNumberFromString(now(...parts), { defaultCountry: country, extract: false })
  return number?.isValid() === true ? number.number.slice(1) : undefined
}
