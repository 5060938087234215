import { MONTHS, writeDate } from './date-format.ts'
import type { DateFormat, DateParts, DateToken } from './date-format.ts'

/** Why a text is not a date of the format, for `Refuse`. */
export interface DateFault {
  readonly why: string
  readonly hint?: string
}

/**
 * Reads a text by a format and checks that the date and the time exist. Two digits of a year mean 1969 to 2068; parts
 * that the format lacks are the first of their kind (midnight, for a date alone).
 */
export function readDate(format: DateFormat, text: string): DateParts | DateFault {
  const parts: DateParts = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, milli: 0 }
  let at = 0
  let half: number | undefined
  for (const token of format.tokens) {
    const end = readToken(token, text, at, parts)
    if (end < 0) return shapeFault(format, text)
    if (token.kind === 'half') half = text.charCodeAt(at) | 32
    at = end
  }
  if (at !== text.length) return shapeFault(format, text)
  return checkParts(format, parts, half)
}

const LOWER_P = 112

/** Where the token ends in the text, or -1 where it does not stand there. */
function readToken(token: DateToken, text: string, at: number, parts: DateParts): number {
  switch (token.kind) {
    case 'text':
      return text.startsWith(token.text, at) ? at + token.text.length : -1
    case 'digits': {
      let end = at
      let value = 0
      while (end - at < token.max) {
        const digit = text.charCodeAt(end) - 48
        if (!(digit >= 0 && digit <= 9)) break
        value = value * 10 + digit
        end++
      }
      if (end - at < token.min) return -1
      if (token.field === 'year' && token.max === 2) parts.year = value + (value < 69 ? 2000 : 1900)
      else if (token.field === 'hour12') parts.hour = value
      else if (token.field !== 'half' && token.field !== 'offset') parts[token.field] = value
      return end
    }
    case 'month': {
      const rest = text.slice(at, at + 9).toLowerCase()
      const index = token.names.findIndex((name) => rest.startsWith(name.toLowerCase()))
      if (index < 0) return -1
      parts.month = index + 1
      return at + (token.names[index]?.length ?? 0)
    }
    case 'half':
      return /^[ap]m$/i.test(text.slice(at, at + 2)) ? at + 2 : -1
    case 'offset':
      return readOffset(text, at, parts)
  }
}

function readOffset(text: string, at: number, parts: DateParts): number {
  const found = /^(?:[Zz]|([+-])(\d\d):?(\d\d))/.exec(text.slice(at, at + 6))
  if (found === null) return -1
  const minutes = Number(found[2] ?? 0) * 60 + Number(found[3] ?? 0)
  if (Number(found[2] ?? 0) > 23 || Number(found[3] ?? 0) > 59) return -1
  parts.offset = found[1] === '-' ? -minutes : minutes
  return at + found[0].length
}

function shapeFault(format: DateFormat, text: string): DateFault {
  const example = writeDate(format, {
    year: 2024,
    month: 12,
    day: 31,
    hour: 16,
    minute: 5,
    second: 9,
    milli: 0,
    offset: 330,
  })
  const single = /\d/.test(text) && text.replaceAll(/\d+/g, '') === example.replaceAll(/\d+/g, '')
  const hint = single ? 'Where days and months may have one digit, the plan says d and M.' : undefined
  return { why: `is not a date of the form ${format.text}; expected one such as ${example}`, hint }
}

function checkParts(format: DateFormat, parts: DateParts, half: number | undefined): DateParts | DateFault {
  const fault = (why: string, hint?: string): DateFault => ({ why: `is not a ${why}; expected ${format.text}`, hint })
  if (parts.year < 1) return fault('date: there is no year 0')
  if (parts.month < 1 || parts.month > 12) {
    const isSwapped = parts.day <= 12 && parts.month >= 1 && parts.month <= 31
    return fault(
      `date: month ${parts.month} does not exist`,
      isSwapped ? `Day and month may be swapped: the plan reads ${format.text}.` : undefined,
    )
  }
  if (parts.day < 1 || parts.day > daysIn(parts.year, parts.month)) {
    return fault(`date: day ${parts.day} does not exist in ${MONTHS[parts.month - 1]} ${parts.year}`)
  }
  if (half !== undefined) {
    if (parts.hour < 1 || parts.hour > 12) return fault(`time: hour ${parts.hour} is not one of 1 to 12`)
    parts.hour = (parts.hour % 12) + (half === LOWER_P ? 12 : 0)
  }
  if (parts.hour > 23) return fault(`time: hour ${parts.hour} does not exist`)
  if (parts.minute > 59) return fault(`time: minute ${parts.minute} does not exist`)
  if (parts.second > 59) return fault(`time: second ${parts.second} does not exist`)
  return parts
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
