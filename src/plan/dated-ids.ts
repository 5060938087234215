import type { Watch } from './watch.ts'

/**
 * Watches ids for what a spreadsheet makes of those that it takes for dates: `3-4` becomes `03-Apr`, `MAR1` becomes
 * `1-Mar`.
 */
export interface DatedWatch extends Watch {
  readonly see: (id: string | number) => void
}

export function watchDated(): DatedWatch {
  let dated = 0
  return {
    see(id) {
      if (typeof id === 'string' && id.length <= LONGEST && DATED.test(id)) dated += 1
    },
    remark: () => (dated > 0 ? SAID : undefined),
    snapshot: () => dated,
    restore: (seen) => void (dated = seen as number),
  }
}

/**
 * As spreadsheets write a day of a month, and a month of a year, in English: other small and capital letters are somebody's
 * own.
 */
const DATED =
  /^(?:\d{1,2}-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{2})$/
const LONGEST = '03-Apr'.length
const SAID =
  'it holds days and months (as in 03-Apr), as where a spreadsheet has taken ids such as 3-4 or APR3 for dates. Hold them against where they come from.'
