/**
 * What a spreadsheet has done to a date that came back through it, in words that go on from the cell: it shows dates in the
 * way of its own place, and saves what it shows. Undefined where the change looks like somebody's own.
 */
export function dateTrace(before: string, after: string): string | undefined {
  const was = threeNumbers(before)
  if (was === undefined) return lostCentury(before, after) ? LOST_CENTURY : undefined
  const is = threeNumbers(after)
  if (is === undefined) return isDayNumber(after) ? 'is the number by which a spreadsheet counts days' : undefined
  if (was.join() === is.join()) return undefined
  if (lostCentury(before, after)) return LOST_CENTURY
  if (turned(was).join() === is.join()) return 'is another day: day and month have changed places'
  // What is no date as it stood was mended by whoever wrote it otherwise, and with the year in front there is one reading.
  return isDay(was) && is[0] < 1000 && isAmong(was, is)
    ? 'is written in another order of year, month and day'
    : undefined
}

type Three = readonly [number, number, number]

/** Three numbers as dates have them, also before a time. */
export function threeNumbers(text: string): Three | undefined {
  const found = /^(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?:[ T]\d{1,2}:\d\d.*)?$/.exec(text)
  if (found === null) return undefined
  const [, first, , second, third] = found
  return [Number(first), Number(second), Number(third)]
}

const LOST_CENTURY = 'has lost the century of its year'

function turned([first, second, third]: Three): Three {
  return first > 31 ? [first, third, second] : [second, first, third]
}

/** Whether year, month and day stand so, with the year in front or behind. */
function isDay([first, second, third]: Three): boolean {
  const [year, ...others] = first > 31 ? [first, second, third] : [third, first, second]
  return year > 999 && others.every((number) => number > 0 && number <= 31) && others.some((number) => number <= 12)
}

/** Whether both are made of the same numbers, whatever the century. */
function isAmong(was: Three, is: Three): boolean {
  const [own, others] = [was, is].map((numbers) => numbers.map((number) => number % 100).toSorted((a, b) => a - b))
  return own?.join() === others?.join()
}

/** `10-May-1958` that has become `10-May-58`: nobody can tell 1958 from 2058. */
function lostCentury(before: string, after: string): boolean {
  const [, start, year] = /^(\d{1,2}[-/. ](?:\d{1,2}|\p{L}{3,})[-/. ])\d\d(\d\d)$/u.exec(before) ?? []
  return start !== undefined && year !== undefined && bare(after) === bare(start + year)
}

/** Without the zeros in front of its numbers. */
function bare(text: string): string {
  return text.replaceAll(/(?<!\d)0(?=\d)/g, '').toLowerCase()
}

/** Days from 1900, of our time: 1927 and later. */
function isDayNumber(text: string): boolean {
  return /^\d{5}(?:[.,]\d+)?$/.test(text)
}
