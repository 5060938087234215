import type { Guess } from './guess-format.ts'
import { valueRead } from '../plan/try-filter.ts'

/** Of the ways in which dates may be read, those that a country has: day first in all but a few. */
export function datesOf(choices: readonly string[], country: string | undefined): readonly string[] {
  if (country === undefined) return choices
  const isFirst = MONTH_FIRST.has(country) ? /^'?M/ : YEAR_FIRST.has(country) ? /^'?yy/ : /^'?d/
  const own = choices.filter((choice) => isFirst.test(choice))
  return own.length === 0 ? choices : own
}

/** Countries that write the month before the day in digits (CLDR's short dates). */
const MONTH_FIRST = new Set(['US', 'PR', 'GU', 'VI', 'AS', 'MH', 'FM', 'PW', 'PH'])
const YEAR_FIRST = new Set(['JP', 'CN', 'TW', 'KR', 'HU', 'LT', 'MN'])

/** Of the ways in which numbers may be read, the one that gives what the country's own way does. */
export function numbersOf({ choices, example }: Guess, country: string | undefined): readonly string[] {
  if (country === undefined || choices.length < 2) return choices
  const { language, region } = new Intl.Locale(`und-${country}`).maximize()
  const own = valueRead('number', [`${language}-${region}`], example)
  const same = choices.filter((choice) => valueRead('number', [choice], example) === own)
  return own === undefined || same.length === 0 ? choices : same
}
