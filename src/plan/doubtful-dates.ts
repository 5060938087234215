import type { Calendar, Day } from './calendars.ts'
import { orderOf } from './short-years.ts'

/** Why a date that can be read may not be meant, in words that go on from the value. */
export interface DateDoubt {
  readonly why: string
  readonly hint: string
}

/** Says of days why they may not be meant; undefined where there is nothing to say. */
export type Doubt = (day: Day) => DateDoubt | undefined

/** `isOfBirth`: the days are to be days of birth of living people. `calendar`: in which the plan reads them. */
export function makeDoubt({ today, isOfBirth, calendar }: DoubtRules): Doubt {
  const latest = orderOf(today)
  const earliest = orderOf({ ...today, year: today.year - OLDEST })
  return (day) => {
    const order = orderOf(day)
    if (NOTHING.has(order)) return nothing
    if (!isOfBirth) return undefined
    if (order === orderOf(FOREVER)) return nothing
    if (order > latest) return { why: 'is after today, and is to be a day of birth', hint: hintOf(day, calendar) }
    return order < earliest
      ? { why: `is more than ${OLDEST} years ago, and is to be a day of birth`, hint: hintOf(day, calendar) }
      : undefined
  }
}

interface DoubtRules {
  readonly today: Day
  readonly isOfBirth: boolean
  readonly calendar?: Calendar | undefined
}

const OLDEST = 110

/** How programs write that there is no date: MySQL, .NET and Java, Access and Delphi, spreadsheets and SQL Server, Unix. */
const NOTHING = new Set(
  [
    [0, 0, 0],
    [1, 1, 1],
    [1753, 1, 1],
    [1899, 12, 30],
    [1899, 12, 31],
    [1900, 1, 1],
    [1970, 1, 1],
  ].map(([year = 0, month = 0, day = 0]) => orderOf({ year, month, day })),
)
/** Where something ends, it is how programs write that it does not. */
const FOREVER = { year: 9999, month: 12, day: 31 }

const nothing: DateDoubt = {
  why: 'is how programs write that there is no date',
  hint: 'If it stands for nothing, name the value, as the file has it, in `rows: { empty: [...] }` of the plan.',
}

function hintOf({ year }: Day, calendar: Calendar | undefined): string {
  if (calendar !== undefined) {
    return `The plan reads its year as \`${calendar}\`: this one may be written in another calendar, such as the Gregorian one.`
  }
  if (year >= 2440 && year <= 2640)
    return 'If its years are Buddhist, as in Thailand, write `buddhist` behind the form.'
  if (year >= 1280 && year <= 1470) {
    return 'If its years are Persian or Islamic, write `persian` or `islamic-umalqura` behind the form.'
  }
  if (year < 150) return "If its years are Taiwan's, write `roc` behind the form."
  return 'If it has two digits of the year, write yy and `past`; else look at whether it is the right column and form.'
}
