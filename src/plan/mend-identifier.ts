import type { Json } from '../model.ts'
import { bareAddress } from './bare-address.ts'
import { unarmour, unquote, withoutFloatTail } from './cell-shape.ts'
import { foldWidth } from './fold-text.ts'
import { identifierFault } from './identifier-faults.ts'
import { dropInvisible, trimBlank } from './invisible.ts'
import type { Refuse } from './template.ts'

type Look = (id: string) => void

/**
 * An identifier as it is sent: without what a spreadsheet, a number column or a copy has left on it and what can be read in
 * one way only (`="00123"`, `'00123`, `00123.0`, white space around it, what cannot be seen, full-width signs). What has lost
 * its digits or is no text is refused, lest it means another member. `look` is shown the few that had to be looked at.
 */
export function mendIdentifier(value: Json, refuse: Refuse, look?: Look): Json | undefined {
  if (typeof value === 'string') return isPlain(value) ? value : mendText(value, refuse, look)
  if (typeof value === 'number') {
    if (!Number.isInteger(value) || Number.isSafeInteger(value)) return value
    const hint = 'Write ids as text where the file is made.'
    return refuse(value, 'has more digits than a number keeps; expected an id with all its digits', hint)
  }
  const found = typeof value === 'boolean' ? 'true or false' : 'a list or an object'
  return refuse(value, `is ${found}; expected an id`)
}

function mendText(value: string, refuse: Refuse, look: Look | undefined): Json | undefined {
  let text = peel(trimBlank(dropInvisible(foldWidth(value))))
  const fault = identifierFault(text)
  if (fault !== undefined) return refuse(value, fault.why, fault.hint)
  text = withoutFloatTail(text) ?? withoutPoint(text)
  look?.(text)
  return text
}

/** Without what was left around it, and around that; nobody quotes deeper. */
function peel(text: string): string {
  let left = text
  for (let layer = 0; layer < LAYERS; layer++) {
    const inner = trimBlank(unquote(left) ?? WRAPPED.exec(left)?.[1] ?? unarmour(left) ?? left)
    const bare = inner.includes('@') ? trimBlank(bareAddress(inner)) : inner
    if (bare === left) break
    left = bare
  }
  return left
}

const LAYERS = 8

/** Some programs write a whole float so: `123.`; and a list of one keeps its comma, or semicolon. */
function withoutPoint(text: string): string {
  return /^\d+[.,;]$/.test(text) ? text.slice(0, -1) : text
}

/**
 * Whether there is nothing to mend, as in most identifiers: ASCII that shows, with a digit or an @, no number with a point or an
 * exponent, and no sign that stands between two.
 */
function isPlain(text: string): boolean {
  let kinds = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    kinds |= code < 127 ? (KINDS[code] as number) : UNSEEN
  }
  const [first, last] = [text.charCodeAt(0), text.charCodeAt(text.length - 1)]
  if ((kinds & (UNSEEN | BETWEEN)) !== 0 || (kinds & SHAPE) === 0) return false
  if (FIRST.has(first) || LAST.has(last) || text.startsWith('Err:')) return false
  if ((kinds & CROSS) !== 0 && /xxxx/i.test(text)) return false
  if (text.startsWith('System.') || text.startsWith('java.')) return false
  if (text.charCodeAt('mailto'.length) === COLON && /^mailto/i.test(text)) return false
  return (kinds & OTHER) !== 0 || (kinds & MARK) === 0
}

/** An id as a shell or a language prints it, with its type. */
const WRAPPED =
  /^(?:ObjectI[dD]|UUID|GUID|Number(?:Long|Int|Decimal)|Decimal(?:128)?|Optional|Some|Just)\s?\(\s*["']?([^"'()]+)["']?\s*\)$/
const APOSTROPHE = 39
const COLON = 58
const EQUALS = 61
/**
 * `"`, `#`, `'`, `(`, `<`, `=`, `@`, `[`, a backtick and `{`; behind the text `"`, `#`, `'`, `)`, `,`, `.`, `;`, `>` and a
 * backtick.
 */
const FIRST: ReadonlySet<number> = new Set([34, 35, APOSTROPHE, 40, 60, EQUALS, 64, 91, 96, 123])
const LAST: ReadonlySet<number> = new Set([34, 35, APOSTROPHE, 41, 44, 46, 59, 62, 96])
/** What is white space, or shows nothing. */
const UNSEEN = 1
/** What a number in E-notation or with decimals has beside its digits. */
const MARK = 2
const OTHER = 4
/** What may stand between two ids, be HTML, or a power. */
const BETWEEN = 8
/** A digit, or an @. */
const SHAPE = 16
/** An x, which may stand for a digit that is not shown. */
const CROSS = 32
const KINDS = Uint8Array.from({ length: 127 }, (_, code) => {
  if (code <= 32) return UNSEEN
  const character = String.fromCharCode(code)
  if (/\d/.test(character)) return SHAPE
  if (/[+'\-.DEde]/.test(character)) return MARK
  if (/x/i.test(character)) return OTHER | CROSS
  return /[&*,;|^]/.test(character) ? BETWEEN : OTHER | (character === '@' ? SHAPE : 0)
})
