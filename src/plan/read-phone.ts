import { getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max'
import metadata from 'libphonenumber-js/max/metadata'
import { doubtfulLine } from './doubtful-phones.ts'
import type { PhoneDoubt } from './doubtful-phones.ts'
import { isGivenUp, withoutOldTrunk } from './old-numbers.ts'
import { beforeShortSecond } from './phone-text.ts'

/** What the digits of a cell may mean. Numbers are digits with their country code, without `+`. */
export type PhoneReading =
  | { readonly kind: 'number'; readonly number: string; readonly isMobile: boolean; readonly doubt?: PhoneDoubt }
  /** A number as the country writes it, and another one with the country code in front. */
  | { readonly kind: 'both'; readonly national: string; readonly international: string }
  /** Of another country, if a + stood in front; undefined where several share the code. */
  | { readonly kind: 'foreign'; readonly number: string; readonly country: string | undefined }
  /** A valid number where only mobiles are wanted. */
  | { readonly kind: 'other line'; readonly number: string }
  /** A fixed line, or a mobile whose country code stands there twice: `number`, with it once. */
  | { readonly kind: 'twice'; readonly number: string }
  /** A fixed line without its 0, `number`, or a mobile with the country code that lost a digit. */
  | { readonly kind: 'short'; readonly number: string }
  /** With an extension it is no member's number; dropping it would hide that. */
  | { readonly kind: 'extension' }
  | { readonly kind: 'none' }

export type PhoneNumberRead = Extract<PhoneReading, { kind: 'number' }>

export interface PhoneRules {
  readonly country: CountryCode
  readonly onlyMobiles: boolean
}

/**
 * Reads a text of digits and punctuation by the library's full metadata (the small one takes `1234567890` for an Indian
 * mobile). A + or 00 in front means that the country code follows, 00 also in countries that dial otherwise to go abroad
 * (whose own ways are tried after it). Without them, digits may be a number as the country writes it, or one with the
 * country code in front; docs/plan.md, "Phone numbers", says which it is where both are valid.
 */
export function readPhone(text: string, rules: PhoneRules): PhoneReading {
  const reading = readNumber(text, rules)
  if (reading.kind !== 'number' || reading.isMobile) return reading
  const once = withCodeOnce(text, reading.number, rules)
  return once === undefined ? reading : { kind: 'twice', number: once }
}

function readNumber(text: string, rules: PhoneRules): PhoneReading {
  // What else stands there, the library knows, as the words for an extension. It is not for us to look past it.
  if (text.startsWith('+') || !DIGITS.test(text)) return judge(parse(text, rules.country), rules)
  const digits = text.replaceAll(/\D/g, '')
  const current = withoutOldTrunk(digits, rules.country)
  if (current !== digits) return readNumber(current, rules)
  if (!digits.startsWith('00')) return choose(parse(text, rules.country), digits, rules)
  const abroad = judge(parse(`+${digits.slice(2)}`, rules.country), rules)
  // 006 is a way to dial abroad in Singapore too: of 00 65 with a digit too many, it makes a number of Chile.
  const isOwn = digits.startsWith(getCountryCallingCode(rules.country), 2)
  return abroad.kind === 'none' && !isOwn ? judge(parse(text, rules.country), rules) : abroad
}

/** The different numbers of several parts of a cell, where every part is a number for itself; else none. */
export function readNumbers(parts: readonly string[], rules: PhoneRules): readonly PhoneNumberRead[] {
  if (parts.length < 2) return []
  const readings = parts.map((part) => readPhone(part, rules))
  const numbers = readings.filter((reading) => reading.kind === 'number')
  if (numbers.length < parts.length) return []
  return numbers.filter(({ number }, at) => numbers.findIndex((other) => other.number === number) === at)
}

/** Digits, and what people put between them. */
const DIGITS = /^[\d \t()[\]./\-\u2010-\u2015\u2212\u30fc]+$/

/** Whether a number stands before a slash, and behind it what another one ends in. */
export function hasShortSecond(text: string, rules: PhoneRules): boolean {
  const first = beforeShortSecond(text)
  return first !== undefined && readPhone(first, rules).kind === 'number'
}

function choose(number: PhoneNumber | undefined, digits: string, rules: PhoneRules): PhoneReading {
  const national = judge(number, rules)
  const code = getCountryCallingCode(rules.country)
  const hasCode = digits.startsWith(code)
  switch (national.kind) {
    case 'extension':
      return national
    case 'number':
      if (national.number === digits || digits.startsWith('0')) return national
      // In a country that writes a 0 in front of its fixed lines, digits without one may be of anywhere.
      if (!hasCode && (national.isMobile || !writesZero(rules.country))) return national
      break
    default:
      if (!digits.startsWith('0')) break
      return (national.kind === 'none' ? behindZero(digits, code, rules) : undefined) ?? national
  }
  const other = parse(`+${digits}`, rules.country)
  const international = judge(other, rules)
  if (international.kind === 'none' && national.kind === 'number' && hasCode && lacksDigit(digits, rules)) {
    return { kind: 'short', number: national.number }
  }
  if (international.kind !== 'number') return national
  if (national.kind !== 'number') {
    return hasCode ? international : { kind: 'foreign', number: international.number, country: other?.country }
  }
  if (national.number === international.number) return national
  if (international.isMobile && !national.isMobile && hasCode) return international
  if (!international.isMobile && !hasCode) return national
  return { kind: 'both', national: national.number, international: international.number }
}

/**
 * A mobile with a single 0 before the country code, as in `091-98765 43210` and `086-13800138000`, where that is no number
 * by itself.
 */
function behindZero(digits: string, code: string, rules: PhoneRules): PhoneReading | undefined {
  if (!digits.startsWith(code, 1)) return undefined
  const reading = judge(parse(`+${digits.slice(1)}`, rules.country), rules)
  return reading.kind === 'number' && reading.isMobile ? reading : undefined
}

function judge(number: PhoneNumber | undefined, { onlyMobiles }: PhoneRules): PhoneReading {
  if (number === undefined || !number.isValid()) return { kind: 'none' }
  if (number.ext !== undefined) return { kind: 'extension' }
  const type = number.getType() ?? ''
  const isMobile = mobileTypes.has(type)
  const text = number.number.slice(1)
  if (isGivenUp(text)) return { kind: 'none' }
  if (onlyMobiles && !isMobile) return { kind: 'other line', number: text }
  const doubt = doubtfulLine(type, text)
  return { kind: 'number', number: text, isMobile, ...(doubt !== undefined && { doubt }) }
}

/** The mobile of a text that has its country code twice, and so is read as a fixed line, in countries with long ones. */
function withCodeOnce(text: string, number: string, { country }: PhoneRules): string | undefined {
  const code = getCountryCallingCode(country)
  const national = number.slice(code.length)
  if (!number.startsWith(code + code)) return undefined
  if (!new RegExp(`^0*${code}0*${code}`).test(text.replaceAll(/\D/g, ''))) return undefined
  const once = parse(`+${national}`, country)
  return once?.isValid() === true && mobileTypes.has(once.getType() ?? '') ? national : undefined
}

/** Whether digits with the country code would be a mobile if there was one more. */
function lacksDigit(digits: string, { country }: PhoneRules): boolean {
  const longer = parse(`+${digits}5`, country)
  return writesZero(country) && longer?.isValid() === true && longer.getType() === 'MOBILE'
}

/** In countries whose plan has no rows of its own for mobiles, such as the United States, a number may be either. */
const mobileTypes: ReadonlySet<string> = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE'])

function parse(text: string, country: CountryCode): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, { defaultCountry: country, extract: false })
}

/** Whether national numbers begin with a 0 (the sixth place of the metadata is the national prefix). */
function writesZero(country: CountryCode): boolean {
  const plan: readonly unknown[] | undefined = metadata.countries[country]
  return plan?.[5] === '0'
}
