import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'
import metadata from 'libphonenumber-js/max/metadata'
import { phoneText } from './phone-text.ts'
import { readPhone } from './read-phone.ts'

/** A country, and the share of some numbers that are mobiles of it: 0 to 1. */
export interface CountryShare {
  readonly country: string
  readonly share: number
}

/**
 * Of which countries numbers are mobiles, those with the largest share first; only mobiles, since numbers of fixed lines
 * are so free in some countries that any digits will do. A number that begins with + is of the country that it names.
 * Of countries that share a calling code one stands for all: the digits come out the same.
 */
export function guessCountries(numbers: readonly string[]): readonly CountryShare[] {
  const countries = new Map<string, CountryCode>()
  for (const country of getCountries()) {
    const code = getCountryCallingCode(country)
    countries.set(code, metadata.country_calling_codes[code]?.[0] ?? country)
  }
  const texts = numbers.map(phoneText)
  return Array.from(countries, ([code, country]) => {
    const own = texts.filter((text) => {
      const reading = readPhone(text, { country, onlyMobiles: true })
      return reading.kind === 'number' && reading.number.startsWith(code)
    })
    return { country, share: own.length / Math.max(texts.length, 1) }
  }).toSorted((a, b) => b.share - a.share)
}

/**
 * The digits of an international number without its country's calling code; undefined where it begins with none, or
 * has too many or too few digits for a number of that country.
 */
export function nationalDigits(digits: string): string | undefined {
  const number = parsePhoneNumberFromString(`+${digits}`)
  return number?.isPossible() === true ? digits.slice(number.countryCallingCode.length) : undefined
}

/** Whether digits are a country's calling code: `91`. */
export function isCallingCode(digits: string): boolean {
  return metadata.country_calling_codes[digits] !== undefined
}

/** Whether two capital letters are a country that has telephones. */
export function isCountry(letters: string): boolean {
  return getCountries().some((country) => country === letters)
}
