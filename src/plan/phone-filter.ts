import { isSupportedCountry } from 'libphonenumber-js/max'
import type { Json } from '../model.ts'
import { explainPhone } from './explain-phone.ts'
import { LONGEST_PHONE, halvesOf, isDecimal, phoneParts, phoneText } from './phone-text.ts'
import { makeQuickReader } from './quick-phone.ts'
import { hasShortSecond, readNumbers, readPhone } from './read-phone.ts'
import type { PhoneNumberRead, PhoneRules } from './read-phone.ts'
import type { Doubt, Filter, FilterMistake, Refuse } from './template.ts'
import { textOf } from './values.ts'

/**
 * `phone <country> [mobile]`: a number in the country's own form, or in the international one, becomes digits with the
 * country code and no `+`. With `mobile`, only a mobile does.
 */
export function makePhoneFilter(args: readonly string[]): Filter | FilterMistake {
  const [argument, word, ...rest] = args
  const country = argument?.toUpperCase()
  if (country === undefined || !isSupportedCountry(country) || rest.length > 0) {
    const found = args.length === 0 ? '' : `; found \`${args.join(' ')}\``
    return { mistake: `The filter \`phone\` takes a country's two letters, as in \`phone IN\`${found}.` }
  }
  if (word !== undefined && word !== 'mobile') {
    return { mistake: `Behind the country, the filter \`phone\` takes \`mobile\` alone; found \`${word}\`.` }
  }
  const rules: PhoneRules = { country, onlyMobiles: word === 'mobile' }
  const readQuickly = makeQuickReader(country) ?? (() => undefined)
  const read = (value: Json, refuse: Refuse, doubt: Doubt): Json | undefined => {
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
  return { kind: 'read', read }
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
