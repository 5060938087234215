import { findMonth } from './month-names.ts'
import type { Watch } from './watch.ts'

/**
 * Watches ids for what a spreadsheet makes of those that it takes for dates: `3-4` becomes `03-Apr`, or the date of a day,
 * `MAR1` becomes `1-Mar`; and in other languages `03. Apr`, `3-avr`, `Mrz 23`, `4月3日`.
 */
export interface DatedWatch extends Watch {
  readonly see: (id: string | number) => void
}

export function watchDated(): DatedWatch {
  let dated = 0
  /** Letters that were none of a month: names are looked up in forty languages. */
  let others = 0
  return {
    see(id) {
      if (typeof id !== 'string' || id.length > LONGEST || id.length < SHORTEST || others > MOST_OTHERS) return
      if (isDigit(id.charCodeAt(0)) && isWholeDate(id)) dated += 1
      else if (mayNameMonth(id)) {
        const [, before, behind] = NAMED.exec(id) ?? []
        const name = before ?? behind
        if (name === undefined) return
        if (isMonth(name)) dated += 1
        else others += 1
      }
    },
    remark: () => (dated > 0 ? SAID : undefined),
    snapshot: () => dated,
    restore: (seen) => void (dated = seen as number),
    // Each looks until it has met a thousand names that are none: together they may look at more ids than one would.
    absorb: (seen) => void (dated += seen as number),
  }
}

/** A day as spreadsheets write it, and databases a date that they took it for. */
function isWholeDate(id: string): boolean {
  const last = id.charCodeAt(id.length - 1)
  if (last === DAY || last === DAY_IN_KOREAN) return /^\d{1,2}[月월]\s?\d{1,2}[日일]$/.test(id)
  const sign = id.charCodeAt(YEAR)
  if (sign === HYPHEN) return /^(?:19|20)\d\d-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])(?:[ T]00:00:00(?:\.0+)?Z?)?$/.test(id)
  return id.length <= 'dd/MM/yyyy'.length && isDaySign(id) && /^[0-3]?\d([/.])[0-3]?\d\1(?:19|20)\d\d$/.test(id)
}

/** A day of a year of four digits has a sign behind its first or second digit. */
function isDaySign(id: string): boolean {
  const [second, third] = [id.charCodeAt(1), id.charCodeAt(2)]
  return second === POINT || second === SLASH || third === POINT || third === SLASH
}

/** Whether it begins with a digit and ends without one; or it ends with two behind a sign, and begins without one. */
function mayNameMonth(id: string): boolean {
  if (id.length > LONGEST_NAMED) return false
  if (isDigit(id.charCodeAt(0))) return !isDigit(id.charCodeAt(id.length - 1))
  return SIGNS.has(id.charCodeAt(id.length - 3)) && isDigit(id.charCodeAt(id.length - 1))
}

/** Capitals alone, a small letter where English has a capital, or an English name in full, are somebody's own. */
function isMonth(name: string): boolean {
  if (name === name.toUpperCase() && name !== name.toLowerCase()) return false
  if (/^(?:March|April|June|July|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)$/.test(name)) return false
  const found = findMonth(name, 0, 'gregory')
  return found !== undefined && found.length === name.length
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** A day and a month; a month and a year. */
const NAMED = /^(?:[0-3]?\d(?:-|\. ?| |\/)(\p{L}{3,5})\.?|(\p{L}{3,5})\.?[- /.]\d\d)$/u
const LONGEST = '2001-03-04T00:00:00.000Z'.length
const LONGEST_NAMED = 'sept.-23'.length
const SHORTEST = '4月3日'.length
const MOST_OTHERS = 1000
const YEAR = 4
const HYPHEN = 45
/** A space, a hyphen, a point and a slash. */
const SIGNS: ReadonlySet<number> = new Set([32, 45, 46, 47])
const POINT = 46
const SLASH = 47
const DAY = 0x65e5
const DAY_IN_KOREAN = 0xc77c
const SAID =
  'it holds days and months (as in 03-Apr), as where a spreadsheet has taken ids such as 3-4 or APR3 for dates. Hold them against where they come from.'
