import {
  AMOUNT,
  BESIDE_COUNTS,
  BESIDE_TOTALS,
  COUNTED,
  COUNT_IN_BRACKETS,
  END_MARK,
  FOOTER,
  NAMES_OR_TOTALS,
  NOTE,
  RULE_CELL,
  STARTS,
  TOTALS,
  TRAILER,
  isType,
} from './furniture-words.ts'

/** What stands in a table and is no record, as programs that write tables for people put it there. */
export type Furniture =
  | 'blank'
  | 'rule'
  | 'types'
  | 'count'
  | 'footer'
  | 'end mark'
  | 'total'
  | 'comment'
  | 'maybe total'
  | 'maybe note'
  | 'maybe comment'

/** What may be a record all the same: nobody can tell. */
export type DoubtfulFurniture = Extract<Furniture, 'maybe total' | 'maybe note' | 'maybe comment'>

export function isDoubtful(what: Furniture | undefined): what is DoubtfulFurniture {
  return what === 'maybe total' || what === 'maybe note' || what === 'maybe comment'
}

/** Tells what a row of cells is beside a record; undefined for a record. `width`: the header's cells. */
export function furnitureOf(cells: readonly string[], width: number): Furniture | undefined {
  const [first, ...others] = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  if (first === undefined) return 'blank'
  if (isRule([first, ...others])) return 'rule'
  if (others.length > 0 && isType(first) && others.every(isType)) return 'types'
  if (others.length === 0) {
    if (END_MARK.test(first) || (COPY_END.has(first) && cells.length < width)) return 'end mark'
    if (COUNT_IN_BRACKETS.test(first) || isCount(first)) return 'count'
    if (width > 1 && FOOTER.test(first)) return 'footer'
  }
  const total = totalOf(first)
  if (total !== undefined && others.every((text) => AMOUNT.test(text))) {
    return total === 'maybe total' || others.some(mayBePhone) ? 'maybe total' : 'total'
  }
  if (TRAILER.test(first) && others.some((text) => /^\d+$/.test(text)) && !others.some((text) => text.includes('@'))) {
    return 'maybe total'
  }
  if (others.length > 0 && isGroupTotal(first) && others.every((text) => AMOUNT.test(text) && !mayBePhone(text))) {
    return 'maybe total'
  }
  return others.length === 0 && width > 2 && cells.length >= width && NOTE.test(first) ? 'maybe note' : undefined
}

/** False where a row's first cell, which is asked of each row of a file, shows that it is no furniture. */
export function mayBeginFurniture(first: string): boolean {
  const code = first.charCodeAt(0)
  const isLetterOrDigit =
    code > 0x7f || (code > 0x2f && code < 0x3a) || (code > 0x40 && code < 0x5b) || (code > 0x60 && code < 0x7b)
  if (!isLetterOrDigit || STARTS.has(first)) return true
  const space = first.lastIndexOf(' ')
  return space > 0 && STARTS.has(first.slice(space + 1))
}

/** Dashes alone, and some of them in a row. */
function isRule(filled: readonly string[]): boolean {
  return filled.every((text) => RULE_CELL.test(text)) && filled.some((text) => text.length > 1)
}

/** Words for a total, and beside them only what stands beside such: `Grand total:`, `Nombre total`. */
function totalOf(text: string): 'total' | 'maybe total' | undefined {
  if (text.length > LONGEST_TOTAL) return undefined
  const found = wordsOf(text)
  const isName = found.some((word) => NAMES_OR_TOTALS.has(word))
  const isPlain = found.some((word) => TOTALS.has(word)) || (isName && found.some((word) => BESIDE_TOTALS.has(word)))
  if (!isPlain && !isName) return undefined
  const areAll = found.every((word) => TOTALS.has(word) || NAMES_OR_TOTALS.has(word) || BESIDE_TOTALS.has(word))
  return areAll ? (isPlain ? 'total' : 'maybe total') : undefined
}

/** What a total is of stands beside the word for it: `Store A total:`, `Gesamt Filiale 12`. */
function isGroupTotal(text: string): boolean {
  if (text.length > LONGEST_TOTAL) return false
  const found = wordsOf(text)
  return found.length > 1 && [found[0], found.at(-1)].some((word = '') => TOTALS.has(word))
}

/** A number and what was counted: `12 rows selected.`, `Total records: 12`, `共 12 条`. */
function isCount(text: string): boolean {
  if (text.length > LONGEST_COUNT || text.includes('@')) return false
  const found = wordsOf(text)
  if (found.some((word) => !COUNTED.has(word) && !TOTALS.has(word) && !BESIDE_COUNTS.has(word))) return false
  if (/^no\b/i.test(text)) return found.some((word) => COUNTED.has(word))
  if (!/\d/.test(text)) return false
  // `Member 12` may be a member, as nothing says that it counts.
  const isSaid =
    /^(?:\D{0,2}|query ok, |fetched |returned )\d|[:=：]\s*\d/i.test(text) && found.some((word) => COUNTED.has(word))
  return isSaid || found.some((word) => TOTALS.has(word))
}

/** Words in lower case, without what stands between them. */
function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/["'״׳]/g, '')
      .match(/\p{L}[\p{L}\p{M}]*/gu) ?? []
  )
}

/** Digits enough for a phone, and neither decimals nor thousands apart. */
function mayBePhone(text: string): boolean {
  return text.replaceAll(/\D/g, '').length >= SHORTEST_PHONE && !FRACTION_OR_GROUPS.test(text)
}

/** What ends PostgreSQL's COPY in a script, and the same where backslashes are read as escapes. */
const COPY_END: ReadonlySet<string> = new Set(['\\.', '.'])
const SHORTEST_PHONE = 6
const FRACTION_OR_GROUPS = /[.,]\d{1,2}\D*$|^\D*\d{1,3}(?:[.,'’\u00A0\u202F ]\d{3})+\D*$/
const LONGEST_TOTAL = 40
const LONGEST_COUNT = 60
