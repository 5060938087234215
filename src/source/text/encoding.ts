import { normalizeEncoding } from '@exodus/bytes/encoding.js'
import { UsageError } from '../../model.ts'

/** The encodings that messages offer. Any other that the WHATWG's Encoding Standard names is understood too. */
const OFFERED =
  'utf-8, utf-16le, utf-16be, utf-32le, utf-32be, windows-1250 to windows-1258, iso-8859-1 to iso-8859-16, macintosh, koi8-r, ibm866, shift_jis, euc-jp, gb18030, big5, euc-kr'

/** What the standard does not name: code pages, by what it calls their encodings, and UTF-32. */
const CODE_PAGES = new Map([
  ['cp932', 'shift_jis'],
  ['cp936', 'gb18030'],
  ['cp949', 'euc-kr'],
  ['cp950', 'big5'],
  ['utf-32le', 'utf-32le'],
  ['utf-32be', 'utf-32be'],
  ['utf-32', 'utf-32le'],
  ['ucs-4', 'utf-32be'],
])

/**
 * The standard's name of an encoding, in lower case, for any of its labels: `latin1` is `windows-1252`, as browsers have
 * it (https://encoding.spec.whatwg.org/#names-and-labels). Throws UsageError for what is none.
 */
export function nameEncoding(label: string): string {
  const wanted = label.trim().toLowerCase()
  const name = CODE_PAGES.get(wanted) ?? normalizeEncoding(wanted)
  if (name !== null && !NOT_TEXT.has(name)) return name
  throw new UsageError(
    `The plan's \`rows: { encoding: ${label} }\` names no encoding; expected one such as ${OFFERED}.`,
  )
}

const NOT_TEXT = new Set(['replacement', 'x-user-defined'])
