import { formatCount } from '../words.ts'
import { isGarbled } from './garbled.ts'
import type { Watch } from './watch.ts'

/**
 * Watches ids for signs by which one may be written in two ways, and its member be two: letters and dashes that look like
 * others, digits of another script, letters that were read in another encoding, what HTML writes for a sign, and numbers with
 * points or spaces between their thousands.
 */
export interface OddIdsWatch extends Watch {
  /** Of every id. */
  readonly see: (id: string | number) => void
  /** Of the few that had to be looked at. */
  readonly look: (id: string) => void
}

export function watchOddIds(): OddIdsWatch {
  let counts = ODD.map(() => 0)
  let hasLatin = false
  return {
    see(id) {
      if (hasLatin || typeof id === 'number') return
      const letter = id.charCodeAt(0) | CAPITAL
      hasLatin = letter >= 97 && letter <= 122
    },
    look(id) {
      if (id.includes('@')) return
      const at = ODD.findIndex(({ is }) => is(id))
      if (at >= 0) counts[at] = (counts[at] ?? 0) + 1
    },
    remark() {
      const said = ODD.flatMap(({ has, amongLatin }, at) => {
        const count = counts[at] ?? 0
        if (count === 0 || (amongLatin === true && !hasLatin)) return []
        return `${formatCount(count)} of its values ${count === 1 ? 'has' : 'have'} ${has}`
      })
      return said.length === 0 ? undefined : `${said.join('; ')}. ${SAID}`
    },
    snapshot: () => [hasLatin, ...counts],
    restore(seen) {
      const [latin, ...before] = seen as [boolean, ...number[]]
      hasLatin = latin
      counts = before
    },
    absorb(seen) {
      const [latin, ...more] = seen as [boolean, ...number[]]
      hasLatin ||= latin
      counts = counts.map((count, at) => count + (more[at] ?? 0))
    },
  }
}

const SAID = 'They are sent as they stand: hold them against how the same ids are written elsewhere.'
const CAPITAL = 32

interface Odd {
  readonly is: (id: string) => boolean
  readonly has: string
  /** Told where other ids have Latin letters: all of them may be of the other script. */
  readonly amongLatin?: true
}

/** Cyrillic and Greek letters that Latin has too, by their looks; and any others. */
const SAME_LOOKS = 'АВЕЅІЈКМНОРСТУХаеіјорсухѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο'
const OTHER_LOOKS = new RegExp(`(?![${SAME_LOOKS}])[\\p{Script=Cyrillic}\\p{Script=Greek}]`, 'u')
const LOOKS = new RegExp(`[${SAME_LOOKS}]`)

const ODD: readonly Odd[] = [
  {
    is: (id) => /\p{Script=Latin}/u.test(id) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(id),
    has: 'letters of two alphabets (a Cyrillic А beside a Latin one)',
  },
  {
    is: (id) => LOOKS.test(id) && !OTHER_LOOKS.test(id),
    has: 'Cyrillic or Greek letters that look like Latin ones, which others have',
    amongLatin: true,
  },
  { is: (id) => /[\u2010-\u2015\u2212]/.test(id), has: 'a dash in the place of a hyphen' },
  { is: (id) => /(?![0-9])\p{Nd}/u.test(id), has: 'digits of another script' },
  { is: (id) => isGarbled(id) || /\p{L}\?\p{L}/u.test(id), has: 'letters that look as if read in another encoding' },
  { is: (id) => /&(?:#\d{2,6}|#x[\da-f]{2,5}|[a-z]{2,8});?/i.test(id), has: 'what HTML writes for a sign' },
  { is: (id) => /^\d{1,3}(?:[. ]\d{3})+$/.test(id), has: 'points or spaces between thousands' },
]
