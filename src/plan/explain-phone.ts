import { getCountryCallingCode } from 'libphonenumber-js/max'
import { isScientific, scientificFault } from './cell-shape.ts'
import { emptyHint } from './nothing-hint.ts'
import { renumbered } from './old-numbers.ts'
import { LONGEST_PHONE, halvesOf, isDecimal, phoneParts, phoneText } from './phone-text.ts'
import { hasShortSecond, readNumbers, readPhone } from './read-phone.ts'
import type { PhoneRules } from './read-phone.ts'
import { isWordForNothing, isZeros } from './words-for-nothing.ts'

/** Why a cell is no phone number, for `Refuse`. */
export interface PhoneFault {
  readonly why: string
  readonly hint?: string
}

/** Explains a cell that is no phone number by what it looks like; undefined: a list or an object. */
export function explainPhone(cell: string | undefined, rules: PhoneRules): PhoneFault {
  const expected = `expected ${rules.onlyMobiles ? 'a mobile' : 'one'} of ${nameOf(rules.country)}, or an international one that begins with +`
  const { is, hint } = reasonOf(cell, rules)
  return { why: `${is}; ${expected}`, ...(hint !== undefined && { hint }) }
}

interface Reason {
  readonly is: string
  readonly hint?: string | undefined
}

const NONE = 'is not a phone number'
const KEEP = 'Keep one of them.'

function reasonOf(cell: string | undefined, rules: PhoneRules): Reason {
  if (cell === undefined || cell.length > LONGEST_PHONE) return { is: NONE }
  if (isZeros(cell)) return { is: NONE, hint: emptyHint(cell) }
  if (isWordForNothing(cell)) return { is: 'stands for nothing', hint: emptyHint(cell) }
  const text = phoneText(cell)
  if (isScientific(text)) {
    const hint = 'Where the numbers are still whole, format the column as text, and export it anew.'
    return { is: scientificFault(text), hint }
  }
  if (text.startsWith('=')) return { is: 'is a formula of a spreadsheet, and no phone number' }
  const two = twoNumbers(text, rules)
  if (two !== undefined) return two
  if (isDecimal(text)) return { is: 'is a number with decimals, and no phone number' }
  if (hasShortSecond(text, rules)) return { is: 'holds two numbers, the second by its last digits', hint: KEEP }
  return otherNumber(text, rules) ?? otherText(text, rules)
}

function twoNumbers(text: string, rules: PhoneRules): Reason | undefined {
  const cuts = [phoneParts(text), ...halvesOf(text)]
  const [first, second] = cuts.map((parts) => readNumbers(parts, rules)).find((numbers) => numbers.length > 1) ?? []
  if (first === undefined || second === undefined) return undefined
  const separator = ['/', ';', '|', ',', '&'].find((sign) => readsAs(first.number, text.split(sign)[0], rules))
  const filter = `phone ${rules.country}${rules.onlyMobiles ? ' mobile' : ''}`
  const split = separator === undefined ? undefined : `split ${separator === '|' ? "'|'" : separator} 1`
  const hint = split === undefined ? KEEP : `Keep one of them; in the plan, \`${split} | ${filter}\` takes the first.`
  return { is: `holds two numbers, ${first.number} and ${second.number}`, hint }
}

function readsAs(number: string, part: string | undefined, rules: PhoneRules): boolean {
  const reading = part === undefined ? undefined : readPhone(part.trim(), rules)
  return reading?.kind === 'number' && reading.number === number
}

function otherNumber(text: string, rules: PhoneRules): Reason | undefined {
  const reading = readPhone(text, rules)
  switch (reading.kind) {
    case 'both': {
      const { national, international } = reading
      const mobile = rules.onlyMobiles ? '' : `, or \`phone ${rules.country} mobile\` in the plan if all are mobiles`
      return {
        is: `may be ${national} or, with its country code in front, ${international}`,
        hint: `Write it with a + and the country code${mobile}.`,
      }
    }
    case 'foreign': {
      const of = reading.country === undefined ? 'another country' : nameOf(reading.country)
      return { is: NONE, hint: `It would be one of ${of}, if a + stood in front.` }
    }
    case 'twice':
      return { is: 'may have its country code twice', hint: `With the code once, it would be ${reading.number}.` }
    case 'short': {
      const is = 'may be a mobile with its country code that lost a digit'
      return { is, hint: `As a fixed line, with a 0 in front, it would be ${reading.number}.` }
    }
    case 'other line':
      return { is: `is a number, ${reading.number}, but no mobile` }
    case 'extension':
      return { is: 'has an extension' }
    case 'none': {
      const number = renumbered(text, rules.country)
      if (number === undefined) return withZero(text, rules)
      return { is: NONE, hint: `${nameOf(rules.country)} has changed its numbers: today it would be ${number}.` }
    }
    case 'number':
      return undefined
  }
}

/** Where a 0 belongs to the number and is no way to dial, as in Italy, a spreadsheet takes it away. */
function withZero(text: string, rules: PhoneRules): Reason | undefined {
  const code = getCountryCallingCode(rules.country)
  const digits = text.replaceAll(/\D/g, '')
  const national = digits.startsWith(code) && text.startsWith('+') ? digits.slice(code.length) : digits
  const reading = readPhone(`0${national}`, rules)
  if (reading.kind !== 'number' || reading.number !== `${code}0${national}`) return undefined
  return { is: NONE, hint: `With the 0 that a spreadsheet may have taken away, it would be ${reading.number}.` }
}

/** A text with the digits that its letters look like. */
function withDigits(text: string): string {
  return text.replaceAll(/[OoОо]/g, '0').replaceAll(/[Il]/g, '1')
}

function otherText(text: string, rules: PhoneRules): Reason {
  const digits = withDigits(text)
  const typed = digits === text ? undefined : readPhone(digits, rules)
  if (typed?.kind === 'number') {
    return { is: 'has a letter in the place of a digit', hint: `With digits alone, it would be ${typed.number}.` }
  }

  if (text.includes('@')) return { is: 'looks like an e-mail address, and is no phone number' }
  if (/^\d{1,3}(?:,\d{2,3})+$/.test(text))
    return { is: 'is written with thousands separators', hint: "`replace , ''` in the plan takes them away." }
  if (/\d[\s\d-]*[*xX•#?]{2,}|[*xX•#?]{3,}[\s-]*\d/.test(text)) return { is: 'hides some of its digits' }
  if (/\p{L}/u.test(text) && /\d{5}/.test(text.replaceAll(/[\s-]/g, ''))) return { is: 'holds text beside a number' }
  return { is: NONE }
}

function nameOf(country: string): string {
  return new Intl.DisplayNames('en', { type: 'region' }).of(country) ?? country
}
