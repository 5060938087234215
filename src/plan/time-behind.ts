import { type DateFormat, parseDateFormat } from './date-format.ts'
import { midnightPlace } from './midnight-watch.ts'
import { type DateRules, readDate } from './read-date.ts'

/** What to do about a text that has a time behind its day, where the format has none; undefined where it has none either. */
export function timeBehindHint(format: DateFormat, text: string, rules: DateRules): string | undefined {
  const [, time] = /\d((?:[T ]|, )\d{1,2}:\d\d.*)$/.exec(text) ?? []
  if (time === undefined || format.hasTime) return undefined
  const longer = parseDateFormat(format.text + timeForm(time))
  const parts = 'mistake' in longer ? undefined : readDate(longer, text, rules)
  if ('mistake' in longer || parts === undefined || 'why' in parts) return 'A time stands behind the day.'
  const form = `'${longer.text.replaceAll("'", "''")}'`
  const place = midnightPlace(parts)
  const elsewhere =
    place === undefined
      ? ''
      : ` If it is midnight in ${place}, and the day is meant to be the one there, ${form} in ${place}.`
  return `A time stands behind the day: the form is ${form}.${elsewhere}`
}

/** `'T'HH:mm:ss.SSSXXX` of `T18:30:00.000Z`. */
function timeForm(time: string): string {
  return time
    .replace(/^T/, "'T'")
    .replace(/\d{1,2}:\d\d(?::\d\d)?/, (clock) =>
      (clock.split(':').length > 2 ? 'H:mm:ss' : 'H:mm').replace('H', clock.indexOf(':') > 1 ? 'HH' : 'H'),
    )
    .replace(/(?<=ss)([.,])\d+/, '$1SSS')
    .replace(/ ?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)$/, (offset) => (offset.startsWith(' ') ? ' XXX' : 'XXX'))
    .replace(/ ?[AP]M$/i, (half) => (half.startsWith(' ') ? ' a' : 'a'))
    .replace(
      /^(.*)H(H?)(.*a)$/,
      (_, before: string, more: string, behind: string) => `${before}h${more === '' ? '' : 'h'}${behind}`,
    )
}
