import type { DateForm } from './date-form.ts'
import type { DateParts } from './date-format.ts'
import type { Watch } from './watch.ts'

/** Watches a column that is read as milliseconds for what seconds look like then: all of it lies in a few weeks of 1970. */
export interface SecondsWatch extends Watch {
  readonly see: (parts: DateParts) => void
}

/** Undefined where nothing is read as milliseconds. */
export function watchSeconds(forms: readonly DateForm[]): SecondsWatch | undefined {
  if (!forms.some(({ text }) => text === 'epoch-milliseconds')) return undefined
  let early = 0
  let isOnlyEarly = true
  return {
    see({ year, month }) {
      if (year === 1970 && month <= LAST_MONTH) early += 1
      else isOnlyEarly = false
    },
    remark: () => (isOnlyEarly && early > 1 ? SAID : undefined),
    snapshot: () => [early, isOnlyEarly],
    restore: (seen) => void ([early, isOnlyEarly] = seen as [number, boolean]),
    absorb(seen) {
      const [others, areOnlyEarly] = seen as [number, boolean]
      early += others
      isOnlyEarly &&= areOnlyEarly
    },
  }
}

/** Seconds of ten digits, which last until 2286, are less than 116 days of milliseconds. */
const LAST_MONTH = 4
const SAID =
  'all its times are of the first weeks of 1970. If it counts seconds, write `epoch-seconds`; if 0 stands for nothing, name it in `rows: { empty: [...] }`.'
