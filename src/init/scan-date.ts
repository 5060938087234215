import { findHalf } from '../plan/day-periods.ts'
import { findEra } from '../plan/eras.ts'
import { findMonth } from '../plan/month-names.ts'
import { findWeekday } from './weekday-names.ts'

/** A piece of a text that may be a date. */
export type DatePiece =
  | { readonly kind: 'number'; readonly text: string; readonly isOrdinal: boolean }
  /** What a word may be, by its place in the text; `mar.` is a Tuesday and March. */
  | { readonly kind: 'word'; readonly text: string; readonly isMonth: boolean; readonly isWeekday: boolean }
  | { readonly kind: 'half' | 'offset' | 'zone' | 'era'; readonly text: string }
  /** Anything else, as it stands: signs, spaces, units, words such as `de` and `Uhr`. */
  | { readonly kind: 'text'; readonly text: string }

/** Takes a text apart where it may be a date with words and signs of any kind; undefined where it is none. */
export function scanDate(text: string): readonly DatePiece[] | undefined {
  const numbers = text.match(/\d+/g) ?? []
  if (text.length > LONGEST || numbers.length < FEWEST || numbers.length > MOST) return undefined
  const pieces: DatePiece[] = []
  let at = 0
  while (at < text.length) {
    const piece = pieceAt(text, at)
    if (piece === undefined) return undefined
    pieces.push(piece)
    at += piece.text.length
  }
  return pieces
}

const LONGEST = 90
/** Day and year beside a month's name; hour, minute, second and a fraction besides, and a zone's. */
const FEWEST = 2
const MOST = 11

function pieceAt(text: string, at: number): DatePiece | undefined {
  const rest = text.slice(at)
  const offset = BEFORE_OFFSET.test(text.slice(0, at)) ? OFFSET.exec(rest)?.[0] : undefined
  if (offset !== undefined) return { kind: 'offset', text: offset }
  const number = NUMBER.exec(rest)
  if (number !== null) return { kind: 'number', text: number[0], isOrdinal: number[1] !== undefined }
  const unit = isDigit(text.charAt(at - 1)) ? UNIT.exec(rest)?.[0] : undefined
  if (unit !== undefined) return { kind: 'text', text: unit }
  if (/^(?:UTC|GMT) [+-]\d/.test(rest)) return { kind: 'text', text: rest.slice(0, 4) }
  return /^[\p{L}\p{M}]/u.test(rest)
    ? wordAt(text, at)
    : { kind: 'text', text: String.fromCodePoint(rest.codePointAt(0) ?? 0) }
}

/** A word of letters: that it stands apart from the numbers, unless it is one that need not. */
function wordAt(text: string, at: number): DatePiece | undefined {
  const rest = text.slice(at)
  const half = wholeAt(text, at, findHalf(text, at)?.length)
  if (half !== undefined) return { kind: 'half', text: half }
  const era = /^[\p{Script=Han}㍻-㍾㋿]/u.test(rest) ? findEra(text, at) : undefined
  if (era !== undefined && /^[\d元]/.test(rest.slice(era.length)))
    return { kind: 'era', text: rest.slice(0, era.length) }
  if (/^(?:中華)?民[國国] ?\d/u.test(rest)) return { kind: 'text', text: /^\D+/.exec(rest)?.[0] ?? '' }
  // In Hebrew, the month has its preposition as a first letter.
  if (rest.startsWith('ב') && findMonth(text, at + 1, 'gregory') !== undefined) return { kind: 'text', text: 'ב' }
  const zone = isBehindTime(text, at) ? ZONE.exec(rest)?.[0] : undefined
  // `CET` is a Thursday in Croatian too.
  if (zone !== undefined && /^[A-Z]{3,5}$/.test(zone)) return { kind: 'zone', text: zone }
  const month = wholeAt(text, at, findMonth(text, at, 'gregory')?.length)
  const weekday = wholeAt(text, at, findWeekday(text, at))
  if (month !== undefined || weekday !== undefined) {
    const word = month ?? weekday ?? ''
    return { kind: 'word', text: word, isMonth: month !== undefined, isWeekday: weekday === word }
  }
  if (zone !== undefined) return { kind: 'zone', text: zone }
  const word = /^[\p{L}\p{M}]+/u.exec(rest)?.[0] ?? ''
  // `GS1988` is an id, and no date.
  const isApart = !isDigit(text.charAt(at - 1)) && !isDigit(text.charAt(at + word.length))
  return isApart || /^T\d/.test(rest) ? { kind: 'text', text: word } : undefined
}

/** What a name takes, if no letter stands behind it; a writing without spaces has some. */
function wholeAt(text: string, at: number, length: number | undefined): string | undefined {
  if (length === undefined) return undefined
  const name = text.slice(at, at + length)
  const isWhole = UNSPACED.test(name) || !/^[\p{L}\p{M}]/u.test(text.slice(at + length))
  return isWhole ? name : undefined
}

function isDigit(sign: string): boolean {
  return sign >= '0' && sign <= '9'
}

function isBehindTime(text: string, at: number): boolean {
  return TIME.test(text.slice(0, at))
}

const NUMBER = /^(\d{1,2})(?:(?:st|nd|rd|th|er|re)(?!\p{L})|\.?[ºª°])|^\d+/iu
/** What stands behind a number without a space. */
const UNIT = /^(?:[年月日時时分秒点點년월일시분초]|(?:h|hs|hrs?|min|m|s|sec|uhr|น)(?!\p{L}))/iu
const UNSPACED = /^[\p{Script=Han}\p{Script=Thai}]/u
const TIME = /\d(?::\d\d| ?h ?\d|[時时点點시])|\d\.\d\d\.\d\d/i
/** A time, or how its zone is called. */
const BEFORE_OFFSET = /(?:[:.h]\d\d(?:[.,:]\d+)?|T\d{4,6}|[ap]\.? ?m\.?|UTC|GMT|[+-]\d{2}:?\d\d)[ (]{0,2}$/i
const OFFSET = /^(?:(?:UTC|GMT)?[+-]\d\d?(?::?\d\d)?(?!\d)|(?:UTC|GMT|Z)(?![\p{L}\d]| ?[+-]\d))/u
/** At the end, or before the year: `IST`, `India Standard Time)`, `Asia/Kolkata`. */
const ZONE =
  /^(?!Uhr)\p{Lu}[\p{L}\p{M}./_’'-]+(?: \p{L}[\p{L}\p{M}./_’'-]*)*(?:[+-]\d{1,2}(?::?\d\d)?)?(?=[)\]]?$| \d{4}$)/u
