import { type DateGuess, guessDate } from './guess-date.ts'
import { noteOn, value } from './plan-lines.ts'
import type { SampledColumn } from './sample-columns.ts'

/** A field of the plan that takes a column's dates, with comments on what has been assumed. */
export function dateLines(field: string, column: SampledColumn, filter: 'date' | 'datetime'): string[] {
  const guess = guessDate(column.values)
  if (guess === undefined) {
    return [`# ${field}: ${value(column)}   # its values are written in many ways, or are no dates`]
  }
  const place = filter === 'date' && guess.zone !== undefined ? ` in ${guess.zone}` : ''
  const line = `${field}: ${value(column, `${filter} ${guess.choices.join(' or ')}${place}`)}`
  return [...noteOn(guess), ...zoneNotes(guess, filter), line]
}

function zoneNotes({ choices, zone }: DateGuess, filter: 'date' | 'datetime'): string[] {
  if (filter === 'date') {
    return zone === undefined ? [] : [`# All its times are midnight in ${zone}: the day is the one that it is there.`]
  }
  if (choices.some((form) => /XXX|^epoch/.test(form))) return []
  return ['# Without a zone this is in UTC: put yours behind the format, as in Asia/Kolkata.']
}
