import { type Calendar, type Day, monthsOf, toGregorian, toGregorianOfEra } from './calendars.ts'
import type { DateFormat, DateParts, DateToken } from './date-format.ts'
import { findHalf } from './day-periods.ts'
import { findEra } from './eras.ts'
import { type DateFault, explainDay, explainShape, explainTime } from './explain-date.ts'
import { findMonth } from './month-names.ts'
import { fullYear } from './short-years.ts'

/** How the parts of a date are meant. */
export interface DateRules {
  /** Absent: the Gregorian one. */
  readonly calendar?: Calendar | undefined
  /** Two digits of a year mean the last such year that brings no day after this one; absent: 1969 to 2068. */
  readonly notAfter?: Day | undefined
}

/** What a format finds in a text. */
interface FoundParts extends DateParts {
  /** 0: before noon, 1: after it. */
  half: number | undefined
  hasShortYear: boolean
}

/**
 * Reads a text by a format and checks that the date and the time exist. Parts that the format lacks are the first of their
 * kind (midnight, for a date alone). The date comes out in the Gregorian calendar.
 */
export function readDate(format: DateFormat, text: string, rules: DateRules): DateParts | DateFault {
  const parts: FoundParts = {
    year: 1970,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    nano: 0,
    half: undefined,
    hasShortYear: false,
  }
  let at = 0
  for (const token of format.tokens) {
    at = readToken(token, text, at, parts, rules)
    if (at < 0) return explainShape(format, text, rules)
  }
  if (at !== text.length) return explainShape(format, text, rules)
  const fault = resolveDay(format, parts, rules) ?? (format.hasTime ? resolveTime(format, parts) : undefined)
  return fault ?? parts
}

/** Where the token ends in the text, or -1 where it does not stand there. */
function readToken(token: DateToken, text: string, at: number, parts: FoundParts, { calendar }: DateRules): number {
  switch (token.kind) {
    case 'text':
      return text.startsWith(token.text, at) ? at + token.text.length : -1
    case 'digits':
      return readNumber(token, text, at, parts)
    case 'month': {
      const found = findMonth(text, at, monthsOf(calendar))
      if (found === undefined) return -1
      parts.month = found.value
      const end = at + found.length
      const next = text.charAt(end)
      return next === '॰' || (next === '.' && !token.dotFollows) ? end + 1 : end
    }
    case 'fraction':
      return readFraction(token.point, text, at, parts)
    case 'half': {
      const found = findHalf(text, at)
      if (found === undefined) return -1
      parts.half = found.value
      return at + found.length
    }
    case 'offset':
      return readOffset(text, at, parts)
    case 'era': {
      const found = findEra(text, at)
      if (found === undefined) return -1
      parts.era = found.era
      return at + found.length
    }
    case 'weekday': {
      const found = WEEKDAY.exec(text.slice(at))
      return found === null ? -1 : at + found[0].length
    }
    case 'zone': {
      const found = ZONE.exec(text.slice(at))
      return found === null ? -1 : at + found[0].length
    }
  }
}

function readNumber(
  { field, min, max }: Extract<DateToken, { kind: 'digits' }>,
  text: string,
  at: number,
  parts: FoundParts,
): number {
  let end = at
  let value = 0
  while (end - at < max) {
    const digit = text.charCodeAt(end) - 48
    if (!(digit >= 0 && digit <= 9)) break
    value = value * 10 + digit
    end++
  }
  if (end - at < min) {
    // An era's first year has a name of its own.
    if (field !== 'year' || parts.era === undefined || text.charAt(at) !== '元') return -1
    parts.year = 1
    return at + 1
  }
  if (field === 'day' && mayBeOrdinal(text, end)) end += ORDINAL.exec(text.slice(end))?.[0].length ?? 0
  if (field === 'year' && max === 2) parts.hasShortYear = true
  if (field === 'hour12') parts.hour = value
  else parts[field] = value
  return end
}

/** A weekday's name in any language, `terça-feira`, `Di.` and `Thứ Ba` among them. */
const WEEKDAY = /^(?:thứ \d|(?:(?:thứ|chủ|יום) )?\p{L}[\p{L}\p{M}-]*\.?)/iu
/** `IST`, `India Standard Time`, `Asia/Kolkata`, `GMT+05:30`: words, and what may stand behind the last. */
const ZONE = /^\p{L}[\p{L}\p{M}./_’'-]*(?: \p{L}[\p{L}\p{M}./_’'-]*)*(?:[+-]\d{1,2}(?::?\d\d)?)?/u
/** What stands behind a day that is the first, the second …: in English, French, Spanish, Portuguese and Italian. */
const ORDINAL = /^(?:(?:st|nd|rd|th|er|re)(?!\p{L})|\.?[ºª°])/iu

/** Whether a letter, or a sign that is none of ASCII, stands behind a day; most have a sign there. */
function mayBeOrdinal(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (code >= 65 && code <= 122) || code > 127 || (code === POINT && text.charCodeAt(at + 1) > 127)
}

const POINT = 46

/** One to nine digits; some writers leave a fraction that is 0 away, and its point with it. */
function readFraction(point: string, text: string, at: number, parts: FoundParts): number {
  if (point !== '' && !text.startsWith(point, at)) return at
  const start = at + point.length
  let end = start
  while (end - start < 9 && isDigit(text.charCodeAt(end))) end++
  if (end === start) return -1
  parts.nano = Number(text.slice(start, end).padEnd(9, '0'))
  return end
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** `+05:30`, `+0530`, PostgreSQL's `+05`, `GMT+5:30`; seconds, as offsets had before standard time, are dropped. */
function readOffset(text: string, at: number, parts: FoundParts): number {
  const found = OFFSET.exec(text.slice(at, at + LONGEST_OFFSET))
  if (found === null) return -1
  const [all, sign, hours = '0', minutes = '0'] = found
  if (Number(hours) > 23 || Number(minutes) > 59) return -1
  const offset = Number(hours) * 60 + Number(minutes)
  parts.offset = sign === '-' ? -offset : offset
  return at + all.length
}

const OFFSET = /^(?:Z|(?:UTC|GMT)?([+-])(\d\d?)(?::?(\d\d)(?::\d\d)?)?|UTC|GMT)/i
const LONGEST_OFFSET = 12

function resolveDay(format: DateFormat, parts: FoundParts, rules: DateRules): DateFault | undefined {
  if (parts.hasShortYear && !format.fields.has('era')) parts.year = fullYear(parts, rules)
  const { era, month, day } = parts
  if (era === undefined && rules.calendar === undefined) return explainDay(format, parts)
  const found =
    era === undefined
      ? toGregorian(rules.calendar ?? 'japanese', parts.year, month, day)
      : toGregorianOfEra(era, parts.year, month, day)
  if (found === undefined) return explainDay(format, parts, rules.calendar ?? 'japanese')
  parts.year = found.year
  parts.month = found.month
  parts.day = found.day
  return undefined
}

function resolveTime(format: DateFormat, parts: FoundParts): DateFault | undefined {
  const { half, hour } = parts
  if (half === undefined) return explainTime(format, parts)
  if (hour < 1 || hour > 12) return explainTime(format, parts, true)
  parts.hour = (hour % 12) + half * 12
  return explainTime(format, parts)
}
