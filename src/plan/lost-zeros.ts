import { formatCount } from '../words.ts'
import type { Watch } from './watch.ts'

/**
 * Watches ids for what a spreadsheet makes of numbers with zeros in front, where it opened a part of the file: `00125`
 * becomes `125`.
 */
export interface LostZerosWatch extends Watch {
  readonly see: (id: string | number) => void
}

export function watchLostZeros(): LostZerosWatch {
  /** By their length: ids that begin with a zero, and others. */
  const padded = Array.from({ length: MOST }, () => 0)
  const others = Array.from({ length: MOST }, () => 0)
  return {
    see(id) {
      const text = typeof id === 'number' ? String(id) : id
      const first = text.charCodeAt(0) - ZERO
      const last = text.charCodeAt(text.length - 1) - ZERO
      if (text.length >= MOST || !(first >= 0 && first <= 9) || !(last >= 0 && last <= 9)) return
      const counts = first === 0 ? padded : others
      counts[text.length] = (counts[text.length] ?? 0) + 1
    },
    remark() {
      const widths = padded.flatMap((count, width) => (count > 0 ? width : []))
      const [width = 0, another] = widths
      if (another !== undefined || (padded[width] ?? 0) < FEWEST) return undefined
      const short = others.slice(0, width).reduce((sum, count) => sum + count, 0)
      return short === 0 ? undefined : said(width, short)
    },
    snapshot: () => [[...padded], [...others]],
    restore: (seen) => {
      const [paddedBefore = [], othersBefore = []] = seen as readonly (readonly number[])[]
      for (let at = 0; at < MOST; at++) {
        padded[at] = paddedBefore[at] ?? 0
        others[at] = othersBefore[at] ?? 0
      }
    },
    absorb: (seen) => {
      const [morePadded = [], moreOthers = []] = seen as readonly (readonly number[])[]
      for (let at = 0; at < MOST; at++) {
        padded[at] = (padded[at] ?? 0) + (morePadded[at] ?? 0)
        others[at] = (others[at] ?? 0) + (moreOthers[at] ?? 0)
      }
    },
  }
}

function said(width: number, short: number): string {
  return (
    `all values that begin with a zero have ${width} digits, and ${short === 1 ? 'one has' : `${formatCount(short)} have`} fewer and no zero in front, ` +
    'as where a spreadsheet has taken zeros away. Hold them against where they come from.'
  )
}

const ZERO = 48
const MOST = 20
/** A single one proves nothing. */
const FEWEST = 2
