import { type Choices, examplesOf } from './choices.ts'
import { datesOf } from './country-ways.ts'
import { type DateGuess, guessDate } from './guess-date.ts'
import { noteOn, shown, value } from './plan-lines.ts'
import type { SampledColumn } from './sample-columns.ts'

/** A field of the plan that takes a column's dates, with comments on what has been assumed. */
export function dateLines(
  field: string,
  column: SampledColumn,
  { filter, choices }: { readonly filter: 'date' | 'datetime'; readonly choices: Choices },
): string[] {
  const found = guessDate(column.values, {
    country: choices.country ?? choices.ofPhones,
    isInstant: filter === 'datetime',
  })
  if (found === undefined) {
    return [
      `# ${field}: ${value(column)}   # its values are written in many ways, or are no dates, as ${shown(oddOf(column.values))}`,
    ]
  }
  const guess = { ...found, choices: settle(found, column, choices) }
  const place = filter === 'date' && guess.zone !== undefined ? ` in ${guess.zone}` : ''
  const line = `${field}: ${value(column, `${filter} ${guess.choices.join(' or ')}${place}`)}`
  return [...noteOn(guess), ...zoneNotes(guess, filter), line]
}

/** A value that is no date of any form, if one of the first is none. */
function oddOf(values: readonly string[]): string | undefined {
  return values.slice(0, MOST_TRIED).find((text) => guessDate([text]) === undefined) ?? values[0]
}

const MOST_TRIED = 20

function settle(guess: DateGuess, column: SampledColumn, choices: Choices): readonly string[] {
  const ways = datesOf(guess.choices, choices.country)
  if (ways.length < 2) return ways
  return choices.choose({
    column: column.name,
    text: 'How are these dates written?',
    examples: examplesOf(column, [guess.example]),
    choices: ways.map((way) => ({ value: way, shown: way })),
  })
}

function zoneNotes({ choices, zone }: DateGuess, filter: 'date' | 'datetime'): string[] {
  if (filter === 'date') {
    return zone === undefined ? [] : [`# All its times are midnight in ${zone}: the day is the one that it is there.`]
  }
  if (choices.some((form) => /XXX|^epoch/.test(form))) return []
  return ['# Without a zone this is in UTC: put yours behind the format, as in Asia/Kolkata.']
}
