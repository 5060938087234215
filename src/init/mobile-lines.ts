import { type CountryShare, guessCountries } from '../plan/phone-countries.ts'
import { shareRead } from '../plan/try-filter.ts'
import { foldWord, readWords } from '../plan/fold-word.ts'
import { type Choices, countryName, examplesOf } from './choices.ts'
import { writtenIn } from './country-writing.ts'
import { type PhoneCountries, findPhoneCountries } from './phone-by-column.ts'
import { expression, percent } from './plan-lines.ts'
import type { SampledColumn } from './sample-columns.ts'
import { CITIES } from './value-words.ts'
import { commentText, plainText, quoteArgument } from './yaml-text.ts'

/** Phones that are looked at: each is tried as a number of every country. */
const PHONES_TRIED = 60

/** What is to be done with a column of mobiles, and what is to be said of it. */
export interface MobileReading {
  /** What stands in the plan. */
  readonly text: string
  readonly comment: string
  /** Absent where it is open. */
  readonly country?: string | undefined
  /** The column that says of which country each is. */
  readonly beside?: SampledColumn
}

/**
 * The country that a column's numbers are of: that which another column says of each, or the one that was named, or that most are mobiles of, or of several alike
 * the one that cities and e-mails of the other columns speak for; else all of them, as a choice.
 */
export function readMobiles(mobile: SampledColumn, columns: readonly SampledColumn[], choices: Choices): MobileReading {
  const by = findPhoneCountries(mobile, columns, { country: choices.country, most: PHONES_TRIED })
  const beside = by === undefined ? undefined : readBeside(mobile, by, choices)
  if (beside !== undefined) return beside
  const { filter, comment, country } = readNumbers(mobile, columns, choices)
  const warning =
    by === undefined || country === undefined || by.countries.length < 2
      ? ''
      : ` ${commentText(by.column.name)} holds other countries too: their numbers need a + and the country code in front.`
  return { country, comment: comment + warning, text: plainText(expression(mobile, filter)) }
}

type FilterReading = Omit<MobileReading, 'text' | 'beside'> & { readonly filter: string }

/** Numbers each of the country in its row; undefined where those of one country, whatever stands there, are more. */
function readBeside(mobile: SampledColumn, by: PhoneCountries, { country }: Choices): MobileReading | undefined {
  const numbers = mobile.values.slice(0, PHONES_TRIED)
  const share = by.read / Math.max(by.tried, 1)
  // A country that stands nowhere fits by chance alone.
  const singles = [...by.countries, ...(country === undefined ? [] : [country])]
  if (share < 0.5 || singles.some((single) => shareRead('phone', [single, 'mobile'], numbers) > share)) return undefined
  const [only, another] = by.countries
  const { otherwise } = by
  const name = commentText(by.column.name)
  const open = otherwise === undefined ? '' : `, and where that is empty, of ${countryName(otherwise)}`
  return {
    beside: by.column,
    country: another === undefined ? only : undefined,
    comment: `Each is read as a number of the country in ${name}${open}: ${percent(share).toLowerCase()} of the first ${by.tried} are mobiles.`,
    text: plainText(
      expression(
        mobile,
        `phone by ${quoteArgument(by.column.name)}${otherwise === undefined ? '' : ` else ${otherwise}`}`,
      ),
    ),
  }
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
