import { type Calendar, type Day, isCalendar } from './calendars.ts'
import { type DateForm, makeDateForm } from './date-form.ts'
import { type DateFormat, parseDateFormat } from './date-format.ts'
import { commonValue } from './date-overlap.ts'
import type { FilterMistake } from './template.ts'

/** What `date` and `datetime` are told in a plan. */
export interface DateArguments {
  readonly forms: readonly [DateForm, ...DateForm[]]
  /** A zone's name, behind `in` or, for `datetime`, behind the forms. */
  readonly zone?: string
  /** No date is to lie ahead. */
  readonly isPast: boolean
  /** How it is written. */
  readonly as?: DateFormat
}

/** What a date is read for. */
export interface DateContext {
  /** Two digits of a year mean no day after today, also where the plan does not say `past`. */
  readonly isOfBirth: boolean
  /** No day after it is over anywhere on earth. */
  readonly today: Day
}

/**
 * Reads `<form> [or <form> …] [<calendar>] [past] [in <zone>] [as <format>]`; for `datetime`, the zone may stand without
 * `in`. Forms that read the same text as different days are a mistake.
 */
export function readDateArguments(args: readonly string[], context: FilterOfDates): DateArguments | FilterMistake {
  const [first, ...rest] = args
  if (first === undefined) return { mistake: usageOf(context) }
  const texts = [first]
  while (rest[0] === 'or' && rest[1] !== undefined) {
    rest.shift()
    texts.push(rest.shift() ?? '')
  }
  const options = readOptions(rest, context)
  if ('mistake' in options) return options
  const { calendar, isPast, zone, as } = options
  const notAfter = isPast || context.isOfBirth ? context.today : undefined
  const forms: DateForm[] = []
  for (const text of texts) {
    const form = makeDateForm(text, { calendar, notAfter })
    if ('mistake' in form) return form
    forms.push(form)
  }
  const mistake = unknownZone(forms, zone, context) ?? openChoice(forms, context)
  if (mistake !== undefined) return { mistake }
  return {
    forms: forms as [DateForm, ...DateForm[]],
    isPast,
    ...(zone !== undefined && { zone }),
    ...(as !== undefined && { as }),
  }
}

interface FilterOfDates extends DateContext {
  readonly filter: 'date' | 'datetime'
}

interface Options {
  calendar?: Calendar
  isPast: boolean
  zone?: string
  as?: DateFormat
}

function readOptions(words: string[], context: FilterOfDates): Options | FilterMistake {
  const options: Options = { isPast: false }
  while (words.length > 0) {
    const word = words.shift() ?? ''
    if (isCalendar(word) && options.calendar === undefined) options.calendar = word
    else if (word === 'past' && !options.isPast) options.isPast = true
    else if (word === 'in' && options.zone === undefined && isZoneLike(words[0])) options.zone = words.shift() ?? ''
    else if (word === 'or') return { mistake: `A choice is left open here. Take the \`or\` and one side of it away.` }
    else if (word === 'as' && options.as === undefined && words.length > 0) {
      const format = parseDateFormat(words.shift() ?? '')
      if ('mistake' in format) return format
      if (format.fields.has('era')) return { mistake: `An era (G) is read, and not written.` }
      if (format.fields.has('zone')) return { mistake: `A zone's name (zzz) is read, and not written.` }
      options.as = format
    } else if (context.filter === 'datetime' && options.zone === undefined && !WORDS.has(word)) options.zone = word
    else return { mistake: usageOf(context) }
  }
  return options
}

/** A format behind `in` is meant for `as`. */
function isZoneLike(word: string | undefined): boolean {
  return word !== undefined && !/dd|MM|yy/.test(word)
}

const WORDS = new Set(['or', 'in', 'as', 'past'])

function usageOf({ filter }: FilterOfDates): string {
  if (filter === 'date') {
    return 'The filter `date` is written `date <format>` or `date <format> as <format>`, as in `date dd/MM/yyyy`. A format that holds spaces stands in quotes.'
  }
  return 'The filter `datetime` is written `datetime <format>` or `datetime <format> <zone>`, as in `datetime yyyy-MM-dd Asia/Kolkata`. A format that holds spaces stands in quotes.'
}

/** What zone a name stands for is not looked at: where that matters, the name is to be one that is known. */
function unknownZone(
  forms: readonly DateForm[],
  zone: string | undefined,
  { filter }: FilterOfDates,
): string | undefined {
  if (filter === 'date' && zone === undefined) return undefined
  const form = forms.find(({ format }) => format?.fields.has('zone') === true && !format.fields.has('offset'))
  if (form === undefined) return undefined
  const why = `The format \`${form.text}\` reads any zone's name (zzz), and what time it is there is not known.`
  return filter === 'date'
    ? `${why} The day is the one that is written: take \`in ${zone}\` away.`
    : `${why} Write the column's own name in quotes in the place of zzz, as in \`''IST''\`, and its zone behind the format.`
}

/** Two forms may stand side by side only where no text is one day by the one and another by the other. */
function openChoice(forms: readonly DateForm[], { filter }: FilterOfDates): string | undefined {
  for (const [at, form] of forms.entries()) {
    for (const other of forms.slice(at + 1)) {
      if (form.text === other.text) {
        return `The form \`${form.text}\` stands here twice. A calendar behind the forms counts for all of them.`
      }
      const value = commonValue(form, other)
      if (value === undefined) continue
      const choices = [form, other]
        .map(({ text }) => `\`${filter} ${/\s/.test(text) ? `'${text}'` : text}\``)
        .join(' or ')
      return `A choice is left open here. Write ${choices}, whichever is right for this column. Both read ${value}, and not as the same day.`
    }
  }
  return undefined
}
