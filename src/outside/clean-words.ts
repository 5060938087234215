import { cutText } from './cut-text.ts'
import { soundText } from './sound-text.ts'

/** As long as words of the API may be: its own have at most a quarter of that. */
const MOST_WORDS = 1_000

/**
 * Words that somebody else wrote, as they may stand in a ledger, a report, a log or on a screen: on one line, without
 * control characters (a terminal would obey them), and not longer than `most`.
 */
export function cleanWords(text: string, most = MOST_WORDS): string {
  // What is cut off is not looked at: a text of megabytes costs no more than one of a page.
  const head = soundText(text.slice(0, most * 4))
  const clean = head.replace(SPACE, ' ').replace(CONTROL, '\uFFFD').trim()
  return cutText(text.length > head.length ? `${clean} …` : clean, most)
}

const SPACE = /[\s\u0085]+/gu
// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const CONTROL = /[\u0000-\u001F\u007F-\u009F]/gu
