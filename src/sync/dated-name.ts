/** What a file's name says of when it is from. */
export interface DatedName {
  /** The name without its dates: names of one series differ in nothing else. */
  readonly series: string
  /** Its dates as people would write them, in order. */
  readonly text: string
  /** When each begins, in milliseconds since the epoch: where day and month may be either, the first and the last that it may mean. */
  readonly dates: readonly (readonly [first: number, last: number])[]
}

/** The dates in a file's name: year first, or year last, with a time behind it or without. Undefined: it has none. */
export function datedName(name: string): DatedName | undefined {
  const found = [...name.matchAll(DATE)]
  const dates = found.flatMap((match) => {
    const span = spanOf(match.groups ?? {})
    return span === undefined ? [] : [span]
  })
  if (dates.length === 0 || dates.length < found.length) return undefined
  return { series: name.replaceAll(DATE, '#'), text: found.map(([text]) => text).join(' to '), dates }
}

/** Whether every date of the one is before that of the other, or the same, and one is before: surely, whatever they may mean. */
export function isSurelyOlder(one: DatedName, other: DatedName): boolean {
  if (one.series !== other.series || one.dates.length !== other.dates.length) return false
  if (one.text === other.text) return false
  return one.dates.every(([, last], at) => last <= (other.dates[at]?.[0] ?? 0)) && !isSame(one, other)
}

function isSame(one: DatedName, other: DatedName): boolean {
  return one.dates.every(([first, last], at) => first === other.dates[at]?.[0] && last === other.dates[at]?.[1])
}

const TIME = String.raw`(?:[-_T. ]?(?<hour>[01]\d|2[0-3])[-_.h]?(?<minute>[0-5]\d)(?:[-_.]?(?<second>[0-5]\d))?)?`
const YEAR_FIRST = String.raw`(?<year>20\d\d)(?<sign>[-_.]?)(?<month>\d\d)\k<sign>(?<day>\d\d)`
const YEAR_LAST = String.raw`(?<one>\d\d)(?<mark>[-_.]?)(?<two>\d\d)\k<mark>(?<end>20\d\d)`
const DATE = new RegExp(`(?<!\\d)(?:${YEAR_FIRST}|${YEAR_LAST})${TIME}(?!\\d)`, 'g')

/** Day and month as they can be read; undefined where that is no day. */
function spanOf(parts: Readonly<Record<string, string | undefined>>): readonly [number, number] | undefined {
  const { year, month, day, one, two, end, hour = '0', minute = '0', second = '0' } = parts
  const ways = year === undefined ? [[end, two, one] as const, [end, one, two] as const] : [[year, month, day] as const]
  const times = ways.flatMap(([y, m, d]) => {
    const at = new Date(Date.UTC(Number(y), Number(m) - 1, Number(d), Number(hour), Number(minute), Number(second)))
    return at.getUTCMonth() === Number(m) - 1 && at.getUTCDate() === Number(d) ? [at.getTime()] : []
  })
  return times.length === 0 ? undefined : [Math.min(...times), Math.max(...times)]
}
