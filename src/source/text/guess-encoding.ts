import { isUtf8 } from 'node:buffer'
import { getBOMEncoding } from '@exodus/bytes/encoding.js'
import { UsageError } from '../../model.ts'
import { ebcdicError, isIso2022Jp, looksLikeDos, looksLikeEbcdic } from './other-encodings.ts'
import { looksLikeUtf32 } from './utf-32.ts'
import { scoreEncodings } from './score-encodings.ts'

/** An encoding, and whether it had to be found out beyond what is plain. */
export interface EncodingGuess {
  readonly encoding: string
  readonly told: boolean
}

/**
 * Finds a text's encoding from its first bytes (`complete`: these are all): UTF-8, or UTF-16 by its byte order mark or
 * its look, or else by how well the text reads in each of the usual code pages. Where more than one reading is likely, a
 * few bad lines are bad lines of UTF-8; where they are many, it throws UsageError, naming what is in question and how to
 * declare it.
 */
export function guessEncoding(head: Buffer, { complete, name }: { complete: boolean; name: string }): EncodingGuess {
  const utf32 = looksLikeUtf32(head)
  if (utf32 !== undefined) return { encoding: utf32, told: true }
  const marked = getBOMEncoding(head)
  if (marked !== null) return { encoding: marked, told: marked !== 'utf-8' }
  const utf16 = looksLikeUtf16(head)
  if (utf16 !== undefined) return { encoding: utf16, told: true }
  if (looksLikeEbcdic(head)) throw ebcdicError(name)
  const whole = complete ? head : head.subarray(0, lastWhole(head))
  if (isIso2022Jp(whole)) return { encoding: 'iso-2022-jp', told: true }
  if (isUtf8(whole) || isMostlyUtf8(whole)) return { encoding: 'utf-8', told: false }
  const { best, rivals } = scoreEncodings(whole)
  if (best !== undefined && rivals.length === 0) return { encoding: best, told: true }
  const lines = findBadLines(whole)
  // A line here and there is a fault of its own, and its row says so. Without its header, a table is none.
  const isHeader = lines.first === 1 && !/^\s*[{[]/.test(whole.toString('latin1', 0, LOOK_BYTES))
  if (!isHeader && (lines.bad < 2 || lines.bad * 10 < lines.all)) return { encoding: 'utf-8', told: false }
  throw unsureError(name, lines.first, looksLikeDos(whole) ? ['cp850', ...rivals] : rivals)
}

/**
 * Each second byte of ASCII in UTF-16 is zero, on one side only but for a character like U+4E00; and a text of bytes has
 * more letters than zeros.
 */
function looksLikeUtf16(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const length = Math.min(head.length, LOOK_BYTES) & ~1
  if (!head.subarray(0, length).includes(0)) return undefined
  const zeros: [number, number] = [0, 0]
  let bytePairs = 0
  for (let at = 0; at < length; at += 2) {
    const first = head[at] ?? 0
    const second = head[at + 1] ?? 0
    if (first === 0) zeros[0]++
    if (second === 0) zeros[1]++
    if (isPlain(first) && isPlain(second)) bytePairs++
  }
  const [few = 0, many = 0] = zeros.toSorted((a, b) => a - b)
  if (many < 2 || bytePairs * 2 > many || few * ZEROS_FOR_STRAY > many) return undefined
  return zeros[1] === many ? 'utf-16le' : 'utf-16be'
}

function isPlain(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === LF || byte === 13
}

/** True where there is at least one sequence of UTF-8 for each byte that fits in none: single bytes were damaged. */
function isMostlyUtf8(bytes: Buffer): boolean {
  const text = bytes.toString('utf8')
  const lost = text.match(/\uFFFD+/g)?.length ?? 0
  // eslint-disable-next-line no-control-regex
  const sound = text.match(/[^\x00-\x7F\uFFFD]/gu)?.length ?? 0
  return sound >= lost * SOUND_FOR_LOST
}

/** Where the last whole line ends, so that no character is cut. */
function lastWhole(head: Buffer): number {
  const end = head.lastIndexOf(LF)
  return end < 0 ? head.length : end + 1
}

/** Where the first of them is a code page of DOS, that one is not read. */
function unsureError(name: string, line: number, rivals: readonly string[]): UsageError {
  if (rivals[0] === 'cp850') {
    return new UsageError(
      `${name} is not UTF-8 (see line ${line}). It looks like cp850 or cp437 of DOS, which are not read: ` +
        `\`iconv -f CP850 -t UTF-8 ${name} > members-utf8.csv\` makes UTF-8 of it. It may be ${rivals.slice(1).join(' or ')} as well.`,
    )
  }
  const which = rivals.length === 0 ? '' : ` It may be ${rivals.join(' or ')}.`
  const example = rivals[0] ?? 'windows-1252'
  return new UsageError(
    `${name} is not UTF-8 (see line ${line}), and its encoding cannot be told with confidence.${which} ` +
      `Ask whoever exported it, and say it in the plan, as in \`rows: { encoding: ${example} }\`; or save the file as UTF-8.`,
  )
}

/** Lines that are not UTF-8: how many, of how many, and which is the first. */
function findBadLines(bytes: Buffer): { bad: number; all: number; first: number } {
  const found = { bad: 0, all: 0, first: 0 }
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(LF, start)
    const next = end < 0 ? bytes.length : end + 1
    found.all++
    if (!isUtf8(bytes.subarray(start, next))) {
      found.bad++
      if (found.first === 0) found.first = found.all
    }
    start = next
  }
  return found
}

const LF = 10
const LOOK_BYTES = 4096
const SOUND_FOR_LOST = 4
const ZEROS_FOR_STRAY = 10
