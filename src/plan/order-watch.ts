import { formatCount } from '../words.ts'
import { monthsOf } from './calendars.ts'
import type { DateForm } from './date-form.ts'
import type { DateParts } from './date-format.ts'
import type { DateFault } from './explain-date.ts'
import type { Watch } from './watch.ts'

/**
 * Watches a column for days and months that may stand in each other's place: where some of its dates exist only in the
 * other order, those that exist in both may be other days than the plan makes of them; and where a spreadsheet has taken a
 * part of a column for dates, it was the part that it could read in its own order.
 */
export interface OrderWatch extends Watch {
  readonly see: (parts: DateParts, form: DateForm) => void
  readonly seeFault: (fault: DateFault) => void
}

/** Undefined where no form has day and month as numbers. */
export function watchOrder(forms: readonly DateForm[]): OrderWatch | undefined {
  const watched = forms.filter(hasOrder)
  if (watched.length === 0) return undefined
  let counts = watched.map(noCounts)
  return {
    see({ day, month }, form) {
      const count = counts[watched.length === 1 && forms.length === 1 ? 0 : watched.indexOf(form)]
      if (count === undefined) return
      if (day > MONTHS) count.high += 1
      else if (day === month) count.same += 1
      else count.low += 1
    },
    seeFault({ turned }) {
      const count = turned === undefined ? undefined : counts[watched.findIndex(({ text }) => text === turned)]
      if (count !== undefined) count.turned += 1
    },
    remark() {
      const at = counts.findIndex(({ turned, low }) => turned > 0 && low > 0)
      const count = counts[at]
      if (count !== undefined) return saidOfTurned(count, watched[at]?.text ?? '')
      const made = counts.findIndex(({ low, high }) => low >= FEWEST && high === 0)
      const left = counts.findIndex(({ low, high, same }) => high >= FEWEST && low + same === 0)
      return made < 0 || left < 0 ? undefined : saidOfMade(watched[made]?.text ?? '', watched[left]?.text ?? '')
    },
    snapshot: () => counts.map(({ low, same, high, turned }) => [low, same, high, turned]),
    restore(seen) {
      const before = seen as readonly (readonly number[])[]
      counts = before.map(([low = 0, same = 0, high = 0, turned = 0]) => ({ low, same, high, turned }))
    },
    absorb(seen) {
      for (const [at, [low = 0, same = 0, high = 0, turned = 0]] of (
        seen as readonly (readonly number[])[]
      ).entries()) {
        const count = counts[at]
        if (count === undefined) continue
        count.low += low
        count.same += same
        count.high += high
        count.turned += turned
      }
    },
  }
}

interface Counts {
  /** Dates that exist in both orders, as different days; as the same; in this order alone; in the other alone. */
  low: number
  same: number
  high: number
  turned: number
}

const noCounts = (): Counts => ({ low: 0, same: 0, high: 0, turned: 0 })

/** Other calendars' months may have names in their place, or other lengths. */
function hasOrder({ format, calendar }: DateForm): boolean {
  if (format === undefined || monthsOf(calendar) !== 'gregory') return false
  return format.tokens.some((token) => token.kind === 'digits' && token.field === 'month')
}

function saidOfTurned({ low, high, turned }: Counts, form: string): string {
  const are = turned === 1 ? 'one of its dates exists' : `${formatCount(turned)} of its dates exist`
  const both =
    low === 1 ? 'one that exists in both orders is sent' : `${formatCount(low)} that exist in both orders are sent`
  const here = high === 0 ? '' : ` (and ${formatCount(high)} exist in this order alone)`
  return `${are} only with day and month in each other's place${here}, and ${both} as \`${form}\` has them: they may be other days. Find out in which order they were written, and mend the plan or the file.`
}

function saidOfMade(made: string, left: string): string {
  return `of those written as \`${made}\` none is behind the 12th of its month, and of those written as \`${left}\` none before the 13th, as where a spreadsheet has taken for dates what it could read with day and month in each other's place. Hold them against where they come from.`
}

const MONTHS = 12
/** So few on each side come about by chance in less than one column of three hundred. */
const FEWEST = 4
