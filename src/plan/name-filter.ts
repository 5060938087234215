import { unquote } from './cell-shape.ts'
import { isGarbled } from './garbled.ts'
import type { Filter } from './template.ts'

/** Whether a field of the body is a member's first or last name. */
export function isNameField(field: string): boolean {
  return /^(?:first|last)_?name$/i.test(field)
}

/**
 * The filter that stands behind all others of a name: it takes quotes away that stand around it, as where a program has quoted
 * what was quoted already, and tells of what no name has, and a program has made of its letters.
 */
export function nameFilter(): Filter {
  return {
    kind: 'read',
    read(value, _refuse, doubt) {
      if (typeof value !== 'string') return value
      const signs = signsIn(value)
      if (signs === 0 && value.charCodeAt(0) !== EQUALS) return value
      if ((signs & LATIN) !== 0 && isGarbled(value))
        doubt(value, 'looks as if it was read in another encoding', READ_ANEW)
      else if ((signs & LOST) !== 0 && /\uFFFD|\p{L}\?\p{L}/u.test(value))
        doubt(value, 'has a sign in the place of a letter', AS_UTF8)
      else if ((signs & AMPERSAND) !== 0 && ENTITY.test(value))
        doubt(value, 'holds what HTML writes for a sign', AS_TEXT)
      else if ((signs & ESCAPE) !== 0 && ESCAPED.test(value))
        doubt(value, 'holds what a program, a web address or HTML writes around or for a sign', AS_TEXT)
      else if ((signs & NO_NAME) !== 0 && OF_ANOTHER_COLUMN.test(value)) doubt(value, 'is no name', OTHER_COLUMN)
      else if (value.charCodeAt(0) === EQUALS) doubt(value, 'is a formula of a spreadsheet', AS_VALUES)
      return (signs & QUOTE) === 0 ? value : (unquote(value) ?? value)
    },
  }
}

const QUOTE = 1
const AMPERSAND = 2
const LOST = 4
const LATIN = 8
/** A digit, or an @. */
const NO_NAME = 16
const ESCAPE = 32
const EQUALS = 61

/** What of a name is worth a second look. A loop, as there are two names in each row. */
function signsIn(name: string): number {
  let signs = 0
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at)
    if (code === 34) signs |= QUOTE
    else if (code === 38) signs |= AMPERSAND
    else if (code === 37 || code === 60 || code === 61 || code === 92) signs |= ESCAPE
    else if (code === 63 || code === 0xfffd) signs |= LOST
    else if ((code >= 48 && code <= 57) || code === 64) signs |= NO_NAME
    else if (code >= 0xc3 && code <= 0xef) signs |= LATIN
  }
  const first = name.charCodeAt(0)
  const isQuoted = first === 39 ? name.endsWith("'") : first > 127 && CURVED.has(first)
  return isQuoted ? signs | QUOTE : signs
}

/** `“`, `„`, `«`, `‹`, `「` and `『`. */
const CURVED: ReadonlySet<number> = new Set([0x201c, 0x201e, 0xab, 0x2039, 0x300c, 0x300e])

const ENTITY = /&(?:#\d{2,6}|#x[\da-f]{2,5}|[a-z]{2,8});/i
/** `Asha%20Devi`, `J=C3=B6rg`, `<b>Asha</b>`, `\\u0041sha`. */
const ESCAPED = /%[2-9A-F][\dA-F]|(?:=[89A-F][\dA-F]){2}|<\/?[a-z][^<>]*>|\\(?:u[\da-f]{4}|x[\da-f]{2}|[nrt](?![a-z]))/i
/** An e-mail, and digits with what phones, ids and dates have between them. */
const OF_ANOTHER_COLUMN = /^(?:[^@\s]+@[^@\s]+\.[^@\s]+|[+(]?(?:\d[\s()./-]*){5,})$/
const OTHER_COLUMN = "Look at whether the row, or the plan, has names and other values in each other's place."
const AS_VALUES = 'Save the values in the place of the formulas, and export them anew.'
const READ_ANEW = 'Where the file is made, UTF-8 was taken for another encoding: export it anew.'
const AS_UTF8 = 'Export the file anew as UTF-8, from where its letters are still whole.'
const AS_TEXT = 'Export the names as plain text.'
