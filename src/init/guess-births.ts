import type { Json } from '../model.ts'
import { readExpression } from '../plan/read-expression.ts'
import { valueRead } from '../plan/try-filter.ts'
import { guessDate } from './guess-date.ts'

/** Values that are looked at. */
const TRIED = 60

/** Whether values are days on which members may be born: written as dates, and half of them more than twelve years ago. */
export function guessBirths(values: readonly string[], thisYear = new Date().getFullYear()): boolean {
  const tried = values.slice(0, TRIED)
  // A date has two signs between its numbers, or letters; what are digits alone may be anything.
  if (!tried.every((value) => /\D/.test(value))) return false
  const guess = guessDate(tried, { thisYear })
  if (guess === undefined || guess.share < 0.8) return false
  const read = readExpression(`\${x | date ${guess.choices[0] ?? ''}}`, 0)
  const args = read.kind === 'read' ? (read.filters[0] ?? []).slice(1) : []
  const years = tried
    .map((value) => yearOf(valueRead('date', args, value)))
    .filter((year) => year > 0)
    .toSorted((a, b) => a - b)
  const middle = years[Math.floor(years.length / 2)] ?? thisYear
  return middle >= 1900 && middle <= thisYear - 12
}

function yearOf(day: Json | undefined): number {
  return typeof day === 'string' ? Number(day.slice(0, 4)) : 0
}
