/** What a date format can hold. `half` is AM (0) or PM (1); `offset` is in minutes east of UTC. */
export type DateField = 'year' | 'month' | 'day' | 'hour' | 'hour12' | 'half' | 'minute' | 'second' | 'milli' | 'offset'

export type DateToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'digits'; readonly field: DateField; readonly min: number; readonly max: number }
  | { readonly kind: 'month'; readonly names: readonly string[] }
  | { readonly kind: 'half' }
  | { readonly kind: 'offset' }

export interface DateFormat {
  /** As the plan has it. */
  readonly text: string
  readonly tokens: readonly DateToken[]
  readonly fields: ReadonlySet<DateField>
}

/** A date and a time of day, as they are read or written. */
export interface DateParts {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  milli: number
  /** Minutes east of UTC, where the value says so itself. */
  offset?: number
}

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/**
 * Parses a format: yyyy yy MMMM MMM MM M dd d HH H hh h mm m ss s SSS a XXX, with text in single quotes and other
 * signs as they are. Gives what is wrong with it as a `mistake` for the plan's author.
 */
export function parseDateFormat(text: string): DateFormat | { readonly mistake: string } {
  const tokens: DateToken[] = []
  const fields = new Set<DateField>()
  for (const [piece] of text.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g)) {
    if (piece.startsWith("'")) {
      if (piece === "'") return { mistake: `The format \`${text}\` opens a quote that it does not close.` }
      tokens.push({ kind: 'text', text: piece === "''" ? "'" : piece.slice(1, -1).replaceAll("''", "'") })
    } else if (/^[A-Za-z]/.test(piece)) {
      const known = LETTERS.get(piece)
      if (known === undefined) return { mistake: unknownLetters(piece, text) }
      const field = fieldOf(known)
      if (field !== undefined && fields.has(field))
        return { mistake: `The format \`${text}\` has the ${NAMES[field]} twice.` }
      if (field !== undefined) fields.add(field)
      tokens.push(known)
    } else {
      tokens.push({ kind: 'text', text: piece })
    }
  }
  if (fields.has('hour') && (fields.has('hour12') || fields.has('half'))) {
    return { mistake: `The format \`${text}\` mixes H (0 to 23) with h or a (1 to 12, AM or PM).` }
  }
  if (fields.has('hour12') !== fields.has('half')) {
    return { mistake: `The format \`${text}\` needs both h and a (1 to 12 with AM or PM), or H (0 to 23).` }
  }
  return { text, tokens, fields }
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
  year: 'year',
  month: 'month',
  day: 'day',
  hour: 'hour',
  hour12: 'hour',
  half: 'half of the day',
  minute: 'minute',
  second: 'second',
  milli: 'millisecond',
  offset: 'offset',
}

function digits(field: DateField, min: number, max: number): DateToken {
  return { kind: 'digits', field, min, max }
}

const LETTERS: ReadonlyMap<string, DateToken> = new Map<string, DateToken>([
  ['yyyy', digits('year', 4, 4)],
  ['yy', digits('year', 2, 2)],
  ['MMMM', { kind: 'month', names: MONTHS }],
  ['MMM', { kind: 'month', names: MONTHS.map((name) => name.slice(0, 3)) }],
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
  ['SSS', digits('milli', 3, 3)],
  ['a', { kind: 'half' }],
  ['XXX', { kind: 'offset' }],
])

function unknownLetters(piece: string, format: string): string {
  const known =
    'Known are yyyy yy MMMM MMM MM M dd d HH H hh h mm m ss s SSS a XXX; other text stands in single quotes.'
  const advice = /^Y+$/.test(piece) ? ' The year is yyyy.' : /^D+$/.test(piece) ? ' The day of the month is dd.' : ''
  return `The format \`${format}\` holds \`${piece}\`, which means nothing here.${advice} ${known}`
}

function fieldOf(token: DateToken): DateField | undefined {
  return token.kind === 'digits' ? token.field : token.kind === 'text' ? undefined : token.kind
}

function writeToken(token: DateToken, parts: DateParts): string {
  switch (token.kind) {
    case 'text':
      return token.text
    case 'digits':
      return token.field === 'year' && token.max === 2
        ? pad(parts.year % 100, 2)
        : pad(numberOf(token.field, parts), token.min)
    case 'month':
      return token.names[parts.month - 1] ?? ''
    case 'half':
      return parts.hour < 12 ? 'AM' : 'PM'
    case 'offset':
      return writeOffset(parts.offset ?? 0)
  }
}

function numberOf(field: DateField, parts: DateParts): number {
  if (field === 'hour12') return parts.hour % 12 === 0 ? 12 : parts.hour % 12
  return field === 'half' || field === 'offset' ? 0 : parts[field]
}
