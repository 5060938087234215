import { formatCount } from '../words.ts'
import type { Watch } from './watch.ts'

/**
 * Watches numbers that are read with a decimal point for what thousands look like then: `1.234`, as German, Spanish and
 * Indonesian programs write 1234. It is told where nothing in the column speaks against it.
 */
export interface ThousandsWatch extends Watch {
  readonly see: (text: string) => void
}

export function watchThousands(): ThousandsWatch {
  let grouped = 0
  let isPlain = false
  return {
    see(text) {
      if (isPlain) return
      // Most numbers are short, and say nothing but by a point.
      if (text.length < SHORTEST) isPlain = text.charCodeAt(1) === POINT
      else if (GROUPED.test(text)) grouped += 1
      else isPlain = DECIMAL_OR_LONG.test(text)
    },
    remark: () =>
      isPlain || grouped === 0
        ? undefined
        : `${formatCount(grouped)} of its values ${grouped === 1 ? 'has' : 'have'} a point and three digits behind it, others no point. ${SAID}`,
    snapshot: () => [grouped, isPlain],
    restore: (seen) => void ([grouped, isPlain] = seen as [number, boolean]),
    absorb(seen) {
      const [others, arePlain] = seen as [number, boolean]
      grouped += others
      isPlain ||= arePlain
    },
  }
}

const POINT = 46
/** A thousand has four digits. */
const SHORTEST = 4
const GROUPED = /^[+-]?[1-9]\d{0,2}\.\d{3}$/
/** Another number of decimals, or a thousand without a sign in it. */
const DECIMAL_OR_LONG = /^[+-]?(?:\d*\.\d+|\d{4,})$/
const SAID = 'If 1.234 is 1234 there, say who writes so, as in `number de-DE`; as it stands, 1.234 is sent.'
