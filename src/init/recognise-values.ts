import { guessCountries } from '../plan/phone-countries.ts'
import { type Words, foldWord, readWords } from '../plan/fold-word.ts'
import { guessBirths } from './guess-births.ts'
import type { SampledColumn } from './sample-columns.ts'
import { CITIES, GENDERS, PROGRAM, TIERS } from './value-words.ts'

/** What the values of a column are, whatever it is called. `some tier`: a few words again and again, which no list holds. */
export type Content =
  | 'email'
  | 'mobile'
  | 'born'
  | 'gender'
  | 'city'
  | 'tier'
  | 'some tier'
  | 'partner'
  | 'externalId'
  | 'firstName'

/** What the values of a column are by themselves; undefined where they may be anything. */
export function contentOf(column: SampledColumn): Content | undefined {
  const { values } = column
  if (values.length === 0) return undefined
  if (areEmails(column)) return 'email'
  if (arePhones(values)) return 'mobile'
  if (guessBirths(values)) return 'born'
  const words = values.map(foldWord)
  const distinct = new Set(words)
  if (distinct.size > 1 && shareIn(genders, words) === 1) return 'gender'
  if (distinct.size > 1 && shareIn(tiers, words) > 0.7) return 'tier'
  if (shareIn(cities, words) > 0.5) return 'city'
  if (distinct.size < words.length && shareOf(values, PROGRAM) > 0.8) return 'partner'
  if (isTierLike(column)) return 'some tier'
  if (areIds(column)) return 'externalId'
  return areNames(values) ? 'firstName' : undefined
}

/** Whether addresses of e-mail stand in a column. */
export function areEmails({ values }: SampledColumn): boolean {
  return shareOf(values, EMAIL) > 0.8
}

/** Whether a few texts stand in a column again and again: the commonest in at least twenty of a hundred rows. */
export function isTierLike({ values }: SampledColumn): boolean {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const each = [...counts.values()]
  return (
    values.length >= 10 &&
    counts.size > 1 &&
    counts.size <= 12 &&
    Math.min(...each) > 1 &&
    Math.max(...each) >= values.length / 5 &&
    !values.every((value) => /^(?:true|false|yes|no|y|n|t|f|[01])$/i.test(value))
  )
}

/** Whether no value stands in a column twice. */
export function neverRepeats({ values }: SampledColumn): boolean {
  return new Set(values).size === values.length
}

const EMAIL = /^[^@\s"{}[\],;|<>]+@[^@\s"{}[\],;|<>]+\.[^@\s"{}[\],;|<>]+$/
const PHONE = /^[+(]?\d[\d\s()./-]{6,18}\d$/
const DATE = /^\d{4}-\d\d-\d\d|^\d{1,2}[./-]\d{1,2}[./-](?:\d\d|\d{4})$/
/** Values that are looked at as phones, each of which is tried as one of every country. */
const PHONES_TRIED = 20

function arePhones(values: readonly string[]): boolean {
  const plain = values.map((value) => value.replace(/\.0$/, ''))
  if (shareOf(plain, PHONE) <= 0.9 || !plain.every((value) => value.replaceAll(/\D/g, '').length > 8)) return false
  if (values.some((value) => DATE.test(value)) || plain.every(isMoment)) return false
  // Most are mobiles of one country, or begin with a +: numbers of cards and moments do not. Of few, some.
  const tried = plain.slice(0, PHONES_TRIED)
  const least = values.length < FEW ? 0 : 0.5
  return shareOf(tried, /^\+/) > least || (guessCountries(tried)[0]?.share ?? 0) > least
}

const FEW = 5

/** Seconds or milliseconds from 1970, from 2001 on. */
function isMoment(value: string): boolean {
  return /^1\d{9}(?:\d{3})?$/.test(value)
}

/** Whether they are one word each with digits, none twice, and together of one make. */
export function areIds({ values }: SampledColumn): boolean {
  if (values.length < 3 || new Set(values).size < values.length) return false
  if (!values.every((value) => /^[\p{L}\d][\p{L}\d_/-]*$/u.test(value) && /\d/.test(value) && !DATE.test(value)))
    return false
  if (values.every(isDay)) return false
  const lengths = new Set(values.map(({ length }) => length))
  return (
    values.every((value) => /\p{L}/u.test(value)) ||
    values.some((value) => value.startsWith('0')) ||
    (lengths.size === 1 && !lengths.has(4))
  )
}

/** `19880510`: no two members of a few were born on one day, and more have the same. */
function isDay(value: string): boolean {
  return /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(value)
}

/** One to four words of letters, mostly of different people; a few have a nickname or a comma in them. */
function areNames(values: readonly string[]): boolean {
  return values.length >= 3 && new Set(values).size > values.length / 2 && shareOf(values, PERSON) > 0.9
}

const PERSON =
  /^\p{Lu}[\p{L}\p{M}'’.-]+(?: [\p{L}\p{M}'’.-]+){0,3}$|^[\p{Script=Han}\p{Script=Hangul}\p{Script=Katakana}\p{Script=Hiragana}]{1,5}(?:[ \u3000]?[\p{L}]{1,5})?$/u

const genders = once(() => readWords(GENDERS))
const tiers = once(() => readWords(TIERS))
const cities = once(() => readWords(Object.values(CITIES).join(' ')))

function shareIn(words: () => Words, values: readonly string[]): number {
  return values.filter((value) => words().has(value)).length / Math.max(values.length, 1)
}

function shareOf(values: readonly string[], pattern: RegExp): number {
  return values.filter((value) => pattern.test(value)).length / Math.max(values.length, 1)
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
