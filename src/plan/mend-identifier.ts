import type { Json } from '../model.ts'
import { isErrorWord } from '../outside/spreadsheet-errors.ts'
import { bareAddress } from './bare-address.ts'
import { isScientific, scientificFault, unarmour, unquote, withoutFloatTail } from './cell-shape.ts'
import { foldWidth } from './fold-text.ts'
import { dropInvisible, trimBlank } from './invisible.ts'
import type { Refuse } from './template.ts'

/**
 * An identifier as it is sent: without what a spreadsheet, a number column or a copy has left on it and what can be read in
 * one way only (`="00123"`, `'00123`, `00123.0`, white space around it, what cannot be seen, full-width signs). What has lost
 * its digits or is no text is refused, lest it means another member.
 */
export function mendIdentifier(value: Json, refuse: Refuse): Json | undefined {
  if (typeof value === 'string') return isPlain(value) ? value : mendText(value, refuse)
  if (typeof value === 'number') {
    if (!Number.isInteger(value) || Number.isSafeInteger(value)) return value
    const hint = 'Write ids as text where the file is made.'
    return refuse(value, 'has more digits than a number keeps; expected an id with all its digits', hint)
  }
  const found = typeof value === 'boolean' ? 'true or false' : 'a list or an object'
  return refuse(value, `is ${found}; expected an id`)
}

function mendText(value: string, refuse: Refuse): Json | undefined {
  let text = trimBlank(dropInvisible(foldWidth(value)))
  text = trimBlank(unquote(text) ?? WRAPPED.exec(text)?.[1] ?? unarmour(text) ?? text)
  if (text.includes('@')) text = bareAddress(text)
  if (isScientific(text)) {
    const hint = 'Where the ids are still whole, format their column as text, and export it anew.'
    return refuse(value, `${scientificFault(text)}; expected an id with all its digits`, hint)
  }
  if (isErrorWord(text)) return refuse(value, 'is an error of a spreadsheet; expected an id')
  if (text.charCodeAt(0) === EQUALS) return refuse(value, 'is a formula of a spreadsheet; expected an id')
  if (PRINTED.test(text)) {
    const hint = 'Have the id in a column of its own where the file is made.'
    return refuse(value, 'is what a program prints for a list or an object; expected an id', hint)
  }
  if (/^(?:\{\s*"|\[\s*["{[])/.test(text)) {
    return refuse(value, 'is JSON; expected an id', 'Have the id in a column of its own where the file is made.')
  }
  if (/^<[a-z][^>]*>.*<\/[a-z]+>$/is.test(text)) {
    return refuse(value, 'is HTML; expected an id', 'Have the id without its tags where the file is made.')
  }
  if (/^\d{1,3}[.,]000$/.test(text)) {
    return refuse(value, `may be ${text.slice(0, -4)} or ${text.slice(0, -4)}000; expected an id without separators`)
  }
  if (GROUPED.test(text)) {
    const hint = 'Where the ids are made, format their column as text, and export it anew.'
    return refuse(value, 'is written with separators, as numbers are; expected an id without them', hint)
  }
  return withoutFloatTail(text) ?? text
}

/** Whether there is nothing to mend, as in most identifiers: ASCII that shows, and no number with a point or an exponent. */
function isPlain(text: string): boolean {
  let kinds = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    kinds |= code < 127 ? (KINDS[code] as number) : UNSEEN
  }
  const [first, last] = [text.charCodeAt(0), text.charCodeAt(text.length - 1)]
  if ((kinds & UNSEEN) !== 0 || FIRST.has(first) || LAST.has(last) || text.startsWith('Err:')) return false
  if (text.startsWith('System.') || text.startsWith('java.')) return false
  if (text.charCodeAt('mailto'.length) === COLON && /^mailto/i.test(text)) return false
  return (kinds & OTHER) !== 0 || (kinds & MARK) === 0
}

/** An id as a shell or a language prints it, with its type. */
const WRAPPED =
  /^(?:ObjectI[dD]|UUID|GUID|Number(?:Long|Int|Decimal)|Decimal(?:128)?|Optional|Some|Just)\s?\(\s*["']?([^"'()]+)["']?\s*\)$/
/**
 * .NET's `System.Object[]`, PowerShell's `@{Id=7}`, Java's `[Ljava.lang.String;@1b6d`, Python's `<Row object at 0x7f>`,
 * Ruby's `#<Row:0x7f>` and `{:id=>7}`, Python's `['7']` and `('7',)`.
 */
const PRINTED =
  /^(?:System\.(?:Object|String|Byte|Char|Int\d\d|Guid|(?:Collections|Data|Management|Xml)\.[\w.`]+)(?:\[[^\]]*\])*|@\{.*\}|(?:\[+[A-Z]?)?java\.[\w.$]+;?@[\da-f]+|\[[A-Z]@[\da-f]+|[[(]'.*'[\]),]+|\{(?:'|:\w).*\}|#?<[A-Za-z_].*\b0x[\da-fA-F]+.*>)$/
/** Thousands apart, as a number's format has them: in threes, or as India has them. Cards are in fours. */
const GROUPED = /^\d{1,3}(?:(?:,\d{2,3})*,\d{3}|(?:['’\u00A0\u202F]\d{3})+)(?:[.,]0+)?$/
const APOSTROPHE = 39
const COLON = 58
const EQUALS = 61
/**
 * `"`, `#`, `'`, `(`, `<`, `=`, `@`, `[`, a backtick and `{`; behind the text `"`, `'`, `)`, `,`, `.`, `;`, `>` and a
 * backtick.
 */
const FIRST: ReadonlySet<number> = new Set([34, 35, APOSTROPHE, 40, 60, EQUALS, 64, 91, 96, 123])
const LAST: ReadonlySet<number> = new Set([34, APOSTROPHE, 41, 44, 46, 59, 62, 96])
/** What is white space, or shows nothing. */
const UNSEEN = 1
/** What a number in E-notation or with decimals has beside its digits. */
const MARK = 2
const OTHER = 4
const KINDS = Uint8Array.from({ length: 127 }, (_, code) => {
  if (code <= 32) return UNSEEN
  const character = String.fromCharCode(code)
  return /\d/.test(character) ? 0 : /[+,\-.DEde]/.test(character) ? MARK : OTHER
})
