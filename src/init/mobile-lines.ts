import { type CountryShare, guessCountries } from '../plan/phone-countries.ts'
import { shareRead } from '../plan/try-filter.ts'
import { foldWord, readWords } from '../plan/fold-word.ts'
import { type Choices, countryName, examplesOf } from './choices.ts'
import { writtenIn } from './country-writing.ts'
import { findCountries, findDialCodes } from './dial-codes.ts'
import { expression, percent } from './plan-lines.ts'
import type { SampledColumn } from './sample-columns.ts'
import { CITIES } from './value-words.ts'
import { commentText, plainText } from './yaml-text.ts'

/** Phones that are looked at: each is tried as a number of every country. */
const PHONES_TRIED = 60

/** What is to be done with a column of mobiles, and what is to be said of it. */
export interface MobileReading {
  /** What stands in the plan. */
  readonly text: string
  readonly comment: string
  /** Absent where it is open. */
  readonly country?: string | undefined
}

/**
 * The country that a column's numbers are of: the one that was named, or that most are mobiles of, or of several alike
 * the one that cities and e-mails of the other columns speak for; else all of them, as a choice.
 */
export function readMobiles(mobile: SampledColumn, columns: readonly SampledColumn[], choices: Choices): MobileReading {
  const reading = readByCodes(mobile, columns, choices) ?? readNumbers(mobile, columns, choices)
  if ('text' in reading) return reading
  const { filter, comment, country } = reading
  const several = mobile.values.every((value) => value.startsWith('+')) ? undefined : findCountries(columns)
  const warning =
    several === undefined || country === undefined
      ? ''
      : ` ${commentText(several.name)} holds other countries too: their numbers need a + and the country code in front.`
  return { country, comment: comment + warning, text: plainText(expression(mobile, filter)) }
}

type FilterReading = Omit<MobileReading, 'text'> & { readonly filter: string }

/**
 * Numbers whose countries' calling codes stand in a column of their own; undefined where they are in front of them, or none
 * is.
 */
function readByCodes(
  mobile: SampledColumn,
  columns: readonly SampledColumn[],
  choices: Choices,
): FilterReading | MobileReading | undefined {
  const codes = findDialCodes(columns)
  if (codes === undefined || mobile.values.every((value) => value.startsWith('+'))) return undefined
  const { column, countries } = codes
  const [first = '', another] = countries
  const name = commentText(column.name)
  if (another === undefined) {
    return {
      country: first,
      filter: `phone ${first}`,
      comment: `Read as numbers of ${countryName(first)}, as ${name} says.`,
    }
  }
  // A code alone would be sent where a row has no number.
  const areGiven = mobile.values.length === Math.max(...columns.map(({ values }) => values.length))
  if (areGiven && mobile.values.every((value) => /^[1-9]\d{4,12}$/.test(value) && !codes.mayBegin(value))) {
    const text = plainText(expression(column, "replace + ''") + expression(mobile))
    return { text, comment: `With the codes of ${name} in front: they are of several countries.` }
  }
  const { filter } = ask(mobile, countries.slice(0, 4), choices, false)
  return { filter, comment: `${name} has the codes of several countries: put them in front of the numbers, with a +.` }
}

function readNumbers(mobile: SampledColumn, columns: readonly SampledColumn[], choices: Choices): FilterReading {
  const numbers = mobile.values.slice(0, PHONES_TRIED)
  const { country } = choices
  if (country !== undefined) {
    const share = shareRead('phone', [country, 'mobile'], numbers)
    return {
      country,
      filter: `phone ${country}`,
      comment: `Read as numbers of ${countryName(country)}: ${percent(share).toLowerCase()} of the first ${numbers.length} are mobiles.`,
    }
  }
  const shares = guessCountries(numbers)
  const [best] = shares
  if (best === undefined || best.share < 0.5) return ask(mobile, ['IN', 'US'], choices, true)
  const alike = shares.filter(({ share }) => share === best.share)
  const likely = alike.length === 1 ? best : (spokenFor(alike, columns) ?? writtenIn(alike, columns))
  if (likely !== undefined) {
    const why =
      alike.length === 1
        ? ''
        : `, as other columns say; they may be of ${namesOf(alike.filter((each) => each !== likely).slice(0, 3))}`
    return {
      country: likely.country,
      filter: `phone ${likely.country}`,
      comment: `${percent(best.share)} of the first ${numbers.length} are mobiles of ${countryName(likely.country)}${why}.`,
    }
  }
  return ask(
    mobile,
    alike.slice(0, 4).map((each) => each.country),
    choices,
    false,
  )
}

function ask(mobile: SampledColumn, countries: readonly string[], choices: Choices, isNone: boolean): FilterReading {
  const left = choices.choose({
    column: mobile.name,
    text: isNone
      ? 'These do not look like phone numbers of any one country. Of which are they?'
      : 'Of which country are these numbers? They may be of several.',
    examples: examplesOf(mobile),
    choices: countries.map((country) => ({ value: country, shown: countryName(country) })),
  })
  const [only] = left
  if (left.length === 1 && only !== undefined) {
    return {
      country: only,
      filter: `phone ${only}`,
      comment: `Read as numbers of ${countryName(only)}, as was answered.`,
    }
  }
  return {
    filter: `phone ${left.join(' or ')}`,
    comment: isNone
      ? 'These do not look like phone numbers of any one country: write the country of yours.'
      : `These may be numbers of ${left.map(countryName).join(' or ')}: keep the country they are of, take the others away.`,
  }
}

/** The one country among several that cities or the ends of e-mails speak for. */
function spokenFor(alike: readonly CountryShare[], columns: readonly SampledColumn[]): CountryShare | undefined {
  const votes = alike.map((each) => ({ each, count: countFor(each.country, columns) })).filter(({ count }) => count > 1)
  const [first, second] = votes.toSorted((a, b) => b.count - a.count)
  return first !== undefined && first.count > 3 * (second?.count ?? 0) ? first.each : undefined
}

function countFor(country: string, columns: readonly SampledColumn[]): number {
  const cities = readWords(CITIES[country] ?? '')
  const mail = new RegExp(`@[^@\\s]+\\.${country}$`, 'i')
  return columns
    .flatMap(({ values }) => values)
    .filter((text) => text === country || mail.test(text) || cities.has(foldWord(text))).length
}

function namesOf(countries: readonly CountryShare[]): string {
  return countries.map(({ country }) => countryName(country)).join(' or ')
}
