import { isSupportedCountry } from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'
import type { Json } from '../model.ts'
import { explainPhone } from './explain-phone.ts'
import { findCountry } from './find-country.ts'
import { LONGEST_PHONE, halvesOf, isDecimal, phoneParts, phoneText } from './phone-text.ts'
import { makeQuickReader } from './quick-phone.ts'
import { hasShortSecond, readNumbers, readPhone } from './read-phone.ts'
import type { PhoneNumberRead, PhoneRules } from './read-phone.ts'
import type { Doubt, Filter, FilterMistake, Refuse } from './template.ts'
import { textOf } from './values.ts'
import { isWordForNoValue } from './words-for-nothing.ts'

/**
 * `phone <country> [mobile]`: a number in the country's own form, or in the international one, becomes digits with the
 * country code and no `+`. With `mobile`, only a mobile does. `phone by <column> [else <country>] [mobile]`: the country is
 * the one that another column of the row says, `else` where it says nothing.
 */
export function makePhoneFilter(args: readonly string[]): Filter | FilterMistake {
  const [argument, ...rest] = args
  // BY is Belarus too.
  if (argument === 'by' && rest[0] !== undefined && rest[0] !== 'mobile')
    return makeFilterBeside(rest[0], rest.slice(1))
  const country = countryOf(argument)
  const [word, another] = rest
  if (country === undefined || another !== undefined) {
    const found = args.length === 0 ? '' : `; found \`${args.join(' ')}\``
    return { mistake: `The filter \`phone\` takes a country's two letters, as in \`phone IN\`${found}.` }
  }
  const mistake = notMobile(word)
  return mistake === undefined
    ? { kind: 'read', read: makeReader({ country, onlyMobiles: word !== undefined }) }
    : { mistake }
}

type Read = (value: Json, refuse: Refuse, doubt: Doubt) => Json | undefined

function makeFilterBeside(column: string, args: readonly string[]): Filter | FilterMistake {
  const [otherwise, [word, another]] = args[0] === 'else' ? [countryOf(args[1]), args.slice(2)] : [undefined, args]
  const usage = `The filter \`phone by\` takes a column, and a country for where that is empty, as in \`phone by ${column} else IN\``
  if ((args[0] === 'else' && otherwise === undefined) || another !== undefined) {
    return { mistake: `${usage}; found \`phone by ${column} ${args.join(' ')}\`.` }
  }
  const mistake = notMobile(word)
  if (mistake !== undefined) return { mistake }
  const readers = new Map<CountryCode, Read>()
  const readerOf = (country: CountryCode): Read => {
    const made = readers.get(country) ?? makeReader({ country, onlyMobiles: word !== undefined })
    readers.set(country, made)
    return made
  }
  return {
    kind: 'beside',
    column,
    read(value, other, { refuse, refuseOther, doubt }) {
      const text = other === undefined ? '' : textOf(other)
      const country = text === undefined ? undefined : (findCountry(text) ?? (isNothing(text) ? otherwise : undefined))
      if (country !== undefined) return readerOf(country)(value, refuse, doubt)
      // With a + in front, a number says itself of which country it is; so do words for nothing that they are none.
      const number = phoneText(textOf(value) ?? '')
      if (/^(?:\+|00)/.test(number) || !/\d/.test(number)) return readerOf(ANY)(value, refuse, doubt)
      if (other !== undefined && (text === undefined || !isNothing(text))) {
        return refuseOther(other, 'is no country; expected its two letters, its name or its calling code')
      }
      return refuse(
        value,
        `is a number of a country that ${column} does not say; expected one there, or a number that begins with +`,
      )
    },
  }
}

/** Any will do where a number has the code of its own. */
const ANY: CountryCode = 'IN'

function isNothing(text: string): boolean {
  return text.trim() === '' || isWordForNoValue(text)
}

function countryOf(letters = ''): CountryCode | undefined {
  const country = letters.toUpperCase()
  return isSupportedCountry(country) ? country : undefined
}

function notMobile(word: string | undefined): string | undefined {
  if (word === undefined || word === 'mobile') return undefined
  return `Behind the country, the filter \`phone\` takes \`mobile\` alone; found \`${word}\`.`
}

function makeReader(rules: PhoneRules): Read {
  const readQuickly = makeQuickReader(rules.country) ?? (() => undefined)
  return (value, refuse, doubt) => {
    const text = textOf(value)
    const isCell = text !== undefined && text.length <= LONGEST_PHONE
    const quick = isCell ? readQuickly(text) : undefined
    if (quick !== undefined) return quick
    const found = isCell ? readCell(text, rules, readQuickly) : undefined
    if (found?.doubt !== undefined) doubt(value, found.doubt.why, found.doubt.hint)
    if (found !== undefined) return found.number
    const { why, hint } = explainPhone(text, rules)
    return refuse(value, why, hint)
  }
}

/** What people put between the digits of one number, and never between two; a text with anything else stays as it is. */
function withoutSpaces(text: string): string {
  return /^\+?\d[\d -]*$/.test(text) ? text.replaceAll(/[ -]/g, '') : text
}

function readCell(
  cell: string,
  rules: PhoneRules,
  readQuickly: (text: string) => string | undefined,
): Omit<PhoneNumberRead, 'kind'> | undefined {
  const text = phoneText(cell)
  const quick = readQuickly(withoutSpaces(text))
  if (quick !== undefined) return { number: quick, isMobile: true }
  const numbers = readNumbers(phoneParts(text), rules)
  if (numbers.length > 0) return numbers.length === 1 ? numbers[0] : undefined
  if (isDecimal(text) || hasShortSecond(text, rules)) return undefined
  const reading = readPhone(text, rules)
  if (reading.kind === 'number') return reading
  // Twice the same, with a space or a hyphen between.
  return halvesOf(text)
    .map((halves) => readNumbers(halves, rules))
    .find((found) => found.length === 1)?.[0]
}
