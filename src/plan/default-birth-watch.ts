import type { Day } from './calendars.ts'
import type { Watch } from './watch.ts'

/** Watches days of birth for one that a program has put where nobody knew the day: the 1st of January of one year. */
export interface DefaultBirthWatch extends Watch {
  readonly see: (day: Day) => void
}

export function watchDefaultBirths(): DefaultBirthWatch {
  let days = 0
  /** By year; no more than there are years. */
  const firsts = new Map<number, number>()
  const add = (year: number, count: number) => firsts.set(year, (firsts.get(year) ?? 0) + count)
  return {
    see({ year, month, day }) {
      days += 1
      if (month === 1 && day === 1) add(year, 1)
    },
    remark() {
      // Where people do not know their day, many are of a 1st of January, but of many years.
      // Of two years with as many the earlier, so that it does not matter which was seen first.
      const [[year, count] = [0, 0]] = [...firsts].toSorted((one, other) => other[1] - one[1] || one[0] - other[0])
      if (count < A_FEW || count < days * SHARE) return undefined
      return `${count} of its ${days} days of birth are 1 January ${year}: if a program wrote that where nobody knew the day, name the value, as the file has it, in \`rows: { empty: [...] }\`.`
    },
    snapshot: () => [days, [...firsts]],
    restore(seen) {
      firsts.clear()
      days = 0
      this.absorb(seen)
    },
    absorb(seen) {
      const [others, counts] = seen as [number, readonly [number, number][]]
      days += others
      for (const [year, count] of counts) add(year, count)
    },
  }
}

/** By chance, one person of 25,000 is born on the 1st of January of a given year. */
const A_FEW = 10
const SHARE = 0.05
