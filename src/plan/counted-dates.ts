import { isScientific, scientificFault } from './cell-shape.ts'
import type { DateParts } from './date-format.ts'
import type { DateFault } from './explain-date.ts'
import { nothingHint } from './nothing-hint.ts'

/** A way to write a date as one number, by its name in a plan. */
export interface CountedDate {
  readonly name: string
  /** Counts from an instant, and not from the day of some place. */
  readonly isInstant: boolean
  readonly example: string
  /** Milliseconds from 1970 of a number, in UTC; undefined where it means no day. */
  readonly toMs: (number: number) => number | undefined
}

const DAY_MS = 86_400_000

/** What stands in a plan in the place of a format, where dates are numbers. */
export const COUNTED_DATES: readonly CountedDate[] = [
  { name: 'epoch-seconds', isInstant: true, example: '1735603200', toMs: (number) => number * 1_000 },
  { name: 'epoch-milliseconds', isInstant: true, example: '1735603200000', toMs: Math.floor },
  {
    name: 'epoch-microseconds',
    isInstant: true,
    example: '1735603200000000',
    toMs: (number) => Math.floor(number / 1_000),
  },
  { name: 'epoch-days', isInstant: false, example: '20088', toMs: (number) => number * DAY_MS },
  { name: 'serial-1900', isInstant: false, example: '45657', toMs: serial1900 },
  {
    name: 'serial-1904',
    isInstant: false,
    example: '44195',
    toMs: (number) => (number < 0 ? undefined : (number - 24_107) * DAY_MS),
  },
  { name: 'cyymmdd', isInstant: false, example: '1241231', toMs: ofIbmI },
]

/** Reads a number as a date; without an offset where it is no instant. */
export function readCountedDate({ name, isInstant, example, toMs }: CountedDate, cell: string): DateParts | DateFault {
  const [text = cell, offset = 0] = name === 'epoch-milliseconds' ? ofDotNet(cell) : []
  const why = `is not a date of the form ${name}; expected a number such as ${example}`
  if (!/^[+-]?\d+(?:\.\d+)?$/.test(text)) {
    return { why, hint: isScientific(text) ? `It ${scientificFault(text)}.` : nothingHint(text) }
  }
  // The millisecond that has begun, so that the last microsecond of a day is of that day; days in fractions are rounded.
  const ms = toMs(Number(isInstant ? text.replace(/(\.\d{3})\d+$/, '$1') : text))
  const date = new Date(Math.round(ms ?? Number.NaN) + offset * 60_000)
  const year = date.getUTCFullYear()
  if (!(year >= 1 && year <= 9999))
    return { why: `${why}, and the years 1 to 9999`, hint: otherCount(name, text) ?? nothingHint(text) }
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nano: date.getUTCMilliseconds() * 1_000_000,
    ...(isInstant && { offset }),
  }
}

/**
 * How .NET, OData and SAP write an instant in JSON: `/Date(579225600000)/`, also with the offset of a place, whose day it
 * is then.
 */
function ofDotNet(cell: string): readonly [text?: string, offset?: number] {
  if (!cell.endsWith(')/')) return []
  const [, inside, sign, hours, minutes] = /^\/Date\((-?\d+)(?:([+-])(\d\d)(\d\d))?\)\/$/.exec(cell) ?? []
  const offset = Number(hours ?? 0) * 60 + Number(minutes ?? 0)
  return [inside, sign === '-' ? -offset : offset]
}

/** The year 1900 counts a 29 February that it never had, as day 60. */
function serial1900(number: number): number | undefined {
  const day = Math.floor(number)
  if (day < 0 || day === 60) return undefined
  return (number - 25_569 + (day < 60 ? 1 : 0)) * DAY_MS
}

/** The centuries from 1900, and of each the year, month and day, as IBM i (AS/400) has them. */
function ofIbmI(number: number): number | undefined {
  const [year, month, day] = [Math.floor(number / 10_000), Math.floor(number / 100) % 100, number % 100]
  if (!Number.isInteger(number) || number < 101 || number > 9_991_231) return undefined
  const ms = Date.UTC(1900 + year, month - 1, day)
  // Date.UTC takes 31 February for 3 March.
  const date = new Date(ms)
  return date.getUTCMonth() + 1 === month && date.getUTCDate() === day ? ms : undefined
}

function otherCount(name: string, text: string): string | undefined {
  if (name === 'epoch-seconds' && /^-?\d{12,13}$/.test(text)) return 'It may count milliseconds: `epoch-milliseconds`.'
  if (name === 'epoch-milliseconds' && /^-?\d{15,16}$/.test(text))
    return 'It may count microseconds: `epoch-microseconds`.'
  return undefined
}
