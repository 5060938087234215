import type { Watch } from './watch.ts'

/** Watches ids for what a spreadsheet makes of long numbers: zeros in the place of their last digits. */
export interface ShortenedWatch extends Watch {
  readonly see: (id: string | number) => void
}

export function watchShortened(): ShortenedWatch {
  let shortened = 0
  let isOver = false
  return {
    see(id) {
      if (isOver || (typeof id === 'number' ? id < SHORTEST_NUMBER : id.length < SHORTEST)) return
      const text = String(id)
      const last = text.charCodeAt(text.length - 1)
      if (last < ZERO || last > ZERO + 9) return
      if (last === ZERO && SHORTENED.test(text)) shortened += 1
      else isOver = /^\d+$/.test(text)
    },
    remark: () => (!isOver && shortened > 1 ? SAID : undefined),
    snapshot: () => [shortened, isOver],
    restore: (seen) => void ([shortened, isOver] = seen as [number, boolean]),
    absorb(seen) {
      const [others, areOver] = seen as [number, boolean]
      shortened += others
      isOver ||= areOver
    },
  }
}

const ZERO = 48
/** Spreadsheets show numbers of twelve digits and more in E-notation, and so save them. */
const SHORTEST = 12
const SHORTEST_NUMBER = 10 ** (SHORTEST - 1)
/** Six digits are left of what was shown in E-notation, fifteen of what is kept. */
const SHORTENED = /^(?:\d{1,6}0{6,}|\d{15}0+)$/
const SAID =
  'all its long numbers end in zeros, as where a spreadsheet has shortened them. Hold some of them against where they come from.'
