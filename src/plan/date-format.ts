import { plainSigns } from './date-text.ts'
import { MONTHS } from './month-names.ts'

/**
 * What a date format can hold. `half` is AM (0) or PM (1); `nano` is nanoseconds; `offset` is in minutes east of UTC; `era` is
 * one of Japan's.
 */
export type DateField =
  | 'era'
  | 'year'
  | 'month'
  | 'day'
  | 'hour'
  | 'hour12'
  | 'half'
  | 'minute'
  | 'second'
  | 'nano'
  | 'offset'
  | 'zone'

type NumberField = 'year' | 'month' | 'day' | 'hour' | 'hour12' | 'minute' | 'second'

export type DateToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'digits'; readonly field: NumberField; readonly min: number; readonly max: number }
  /** `dotFollows`: a point behind the name is the format's own, and not of a short name. */
  | { readonly kind: 'month'; readonly isShort: boolean; readonly dotFollows: boolean }
  /** 1 to 9 digits, as many as there are, and none where the point before them is missing; written with `digits` of them. */
  | { readonly kind: 'fraction'; readonly point: string; readonly digits: number }
  /**
   * `weekday`: a word, whichever it is; the date itself says the day. `zone`: how a zone is called, whatever it is; what it
   * means is not looked at.
   */
  | { readonly kind: 'era' | 'half' | 'offset' | 'weekday' | 'zone' }

export interface DateFormat {
  /** As the plan has it. */
  readonly text: string
  readonly tokens: readonly DateToken[]
  readonly fields: ReadonlySet<DateField>
  readonly hasTime: boolean
}

/** A date and a time of day in the Gregorian calendar, as they are read or written. */
export interface DateParts {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  nano: number
  /** Minutes east of UTC, where the value says so itself. */
  offset?: number
  /** The era that an example is written with. */
  era?: string
}

/**
 * Parses a format: yyyy yy y MMMM MMM MM M dd d EEEE EEE HH H hh h mm m ss s S… a XXX zzz G, with text in single quotes and other
 * signs as they are. Gives what is wrong with it as a `mistake` for the plan's author.
 */
export function parseDateFormat(text: string): DateFormat | { readonly mistake: string } {
  const tokens: DateToken[] = []
  const fields = new Set<DateField>()
  const pieces = Array.from(text.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g), ([piece]) => piece)
  for (const [index, piece] of pieces.entries()) {
    if (piece.startsWith("'")) {
      if (piece === "'") return { mistake: `The format \`${text}\` opens a quote that it does not close.` }
      tokens.push({ kind: 'text', text: plainSigns(piece === "''" ? "'" : piece.slice(1, -1).replaceAll("''", "'")) })
    } else if (/^[A-Za-z]/.test(piece)) {
      const known = tokenOf(piece, pieces[index + 1] ?? '')
      if (known === undefined) return { mistake: unknownLetters(piece, text) }
      const field = fieldOf(known)
      if (field !== undefined && fields.has(field))
        return { mistake: `The format \`${text}\` has the ${NAMES[field]} twice.` }
      if (field !== undefined) fields.add(field)
      tokens.push(known.kind === 'fraction' ? { ...known, point: takePoint(tokens) } : known)
    } else {
      tokens.push({ kind: 'text', text: plainSigns(piece) })
    }
  }
  if (fields.has('hour') && (fields.has('hour12') || fields.has('half'))) {
    return { mistake: `The format \`${text}\` mixes H (0 to 23) with h or a (1 to 12, AM or PM).` }
  }
  if (fields.has('hour12') !== fields.has('half')) {
    return { mistake: `The format \`${text}\` needs both h and a (1 to 12 with AM or PM), or H (0 to 23).` }
  }
  return { text, tokens, fields, hasTime: fields.has('hour') || fields.has('hour12') }
}

/** Writes a date in a format. A part without an offset is written as UTC. */
export function writeDate(format: DateFormat, parts: DateParts): string {
  let text = ''
  for (const token of format.tokens) text += writeToken(token, parts)
  return text
}

/** `+05:30` of 330. */
export function writeOffset(minutes: number): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60), 2)}:${pad(size % 60, 2)}`
}

export function pad(value: number, width: number): string {
  return (width === 2 ? TWO_DIGITS[value] : undefined) ?? String(value).padStart(width, '0')
}

/** Most of what is written, ready made. */
const TWO_DIGITS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'))

const NAMES: Record<DateField, string> = {
  era: 'era',
  year: 'year',
  month: 'month',
  day: 'day',
  hour: 'hour',
  hour12: 'hour',
  half: 'half of the day',
  minute: 'minute',
  second: 'second',
  nano: 'fraction of a second',
  offset: 'offset',
  zone: 'name of a zone',
}

function tokenOf(piece: string, next: string): DateToken | undefined {
  if (/^MMMM?$/.test(piece)) return { kind: 'month', isShort: piece.length === 3, dotFollows: next.startsWith('.') }
  if (/^S{1,9}$/.test(piece)) return { kind: 'fraction', point: '', digits: piece.length }
  return LETTERS.get(piece)
}

/** The point at the end of the text before a fraction, which goes with it. */
function takePoint(tokens: DateToken[]): string {
  const last = tokens.at(-1)
  if (last?.kind !== 'text' || !/[.,]$/.test(last.text)) return ''
  tokens.pop()
  if (last.text.length > 1) tokens.push({ kind: 'text', text: last.text.slice(0, -1) })
  return last.text.slice(-1)
}

function digits(field: NumberField, min: number, max: number): DateToken {
  return { kind: 'digits', field, min, max }
}

const LETTERS: ReadonlyMap<string, DateToken> = new Map<string, DateToken>([
  ['yyyy', digits('year', 4, 4)],
  ['yyy', digits('year', 3, 3)],
  ['yy', digits('year', 2, 2)],
  ['y', digits('year', 1, 4)],
  ['MM', digits('month', 2, 2)],
  ['M', digits('month', 1, 2)],
  ['dd', digits('day', 2, 2)],
  ['d', digits('day', 1, 2)],
  ['HH', digits('hour', 2, 2)],
  ['H', digits('hour', 1, 2)],
  ['hh', digits('hour12', 2, 2)],
  ['h', digits('hour12', 1, 2)],
  ['mm', digits('minute', 2, 2)],
  ['m', digits('minute', 1, 2)],
  ['ss', digits('second', 2, 2)],
  ['s', digits('second', 1, 2)],
  ['a', { kind: 'half' }],
  ['XXX', { kind: 'offset' }],
  ['zzz', { kind: 'zone' }],
  ['zzzz', { kind: 'zone' }],
  ['G', { kind: 'era' }],
  ['EEE', { kind: 'weekday' }],
  ['EEEE', { kind: 'weekday' }],
])

function unknownLetters(piece: string, format: string): string {
  const known =
    'Known are yyyy yy MMMM MMM MM M dd d EEEE HH H hh h mm m ss s SSS a XXX zzz; other text stands in single quotes.'
  const advice = /^Y+$/.test(piece) ? ' The year is yyyy.' : /^D+$/.test(piece) ? ' The day of the month is dd.' : ''
  return `The format \`${format}\` holds \`${piece}\`, which means nothing here.${advice} ${known}`
}

function fieldOf(token: DateToken): DateField | undefined {
  switch (token.kind) {
    case 'text':
    case 'weekday':
      return undefined
    case 'digits':
      return token.field
    case 'fraction':
      return 'nano'
    case 'month':
    case 'era':
    case 'half':
    case 'offset':
    case 'zone':
      return token.kind
  }
}

function writeToken(token: DateToken, parts: DateParts): string {
  switch (token.kind) {
    case 'text':
      return token.text
    case 'digits':
      return token.field === 'year' && token.max === 2
        ? pad(parts.year % 100, 2)
        : pad(numberOf(token.field, parts), token.min)
    case 'month': {
      const name = MONTHS[parts.month - 1] ?? ''
      return token.isShort ? name.slice(0, 3) : name
    }
    case 'fraction':
      return token.point + pad(parts.nano, 9).slice(0, token.digits)
    case 'half':
      return parts.hour < 12 ? 'AM' : 'PM'
    case 'offset':
      return writeOffset(parts.offset ?? 0)
    case 'zone':
      return 'IST'
    case 'era':
      return parts.era ?? ''
    case 'weekday':
      return WEEKDAYS[new Date(Date.UTC(parts.year, parts.month - 1, parts.day)).getUTCDay()] ?? ''
  }
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

function numberOf(field: NumberField, parts: DateParts): number {
  if (field === 'hour12') return parts.hour % 12 === 0 ? 12 : parts.hour % 12
  return parts[field]
}
