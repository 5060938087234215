import { watchDefaultBirths } from './default-birth-watch.ts'
import { makeDoubt } from './doubtful-dates.ts'
import { latestDay } from './latest-day.ts'
import type { Filter } from './template.ts'

/** The filter of a value that is to be a day of birth and goes through no date filter: it only looks, and changes nothing. */
export function birthWatch(now: number): Filter {
  const births = watchDefaultBirths()
  const doubtOf = makeDoubt({ today: latestDay(now), isOfBirth: true })
  return {
    kind: 'read',
    read(value, _refuse, doubt) {
      const found = typeof value === 'string' ? /^\s*(\d{4})[-/]?(\d\d)[-/]?(\d\d)/.exec(value) : null
      if (found === null) return value
      const [, year, month, day] = found
      const birth = { year: Number(year), month: Number(month), day: Number(day) }
      births.see(birth)
      const why = doubtOf(birth)
      if (why !== undefined) doubt(value, why.why, why.hint)
      return value
    },
    watches: [births],
  }
}
