import { AMOUNT, COUNT, END_MARK, FOOTER, NAME_OR_TOTAL, RULE_CELL, STARTS, TOTAL } from './furniture-words.ts'

/** What stands in a table and is no record, as programs that write tables for people put it there. */
export type Furniture = 'blank' | 'rule' | 'count' | 'footer' | 'end mark' | 'total' | 'maybe total'

/** Tells what a row of cells is beside a record; undefined for a record. `width`: the header's cells. */
export function furnitureOf(cells: readonly string[], width: number): Furniture | undefined {
  const [first, ...others] = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  if (first === undefined) return 'blank'
  if (isRule([first, ...others])) return 'rule'
  if (others.length === 0) {
    if (END_MARK.test(first) || (COPY_END.has(first) && cells.length < width)) return 'end mark'
    if (COUNT.test(first)) return 'count'
    if (width > 1 && FOOTER.test(first)) return 'footer'
  }
  if (!TOTAL.test(first) || !others.every((text) => AMOUNT.test(text))) return undefined
  return NAME_OR_TOTAL.test(first) || others.some(mayBePhone) ? 'maybe total' : 'total'
}

/** False where a row's first cell, which is asked of each row of a file, shows that it is no furniture. */
export function mayBeginFurniture(first: string): boolean {
  const code = first.charCodeAt(0)
  const isLetterOrDigit =
    code > 0x7f || (code > 0x2f && code < 0x3a) || (code > 0x40 && code < 0x5b) || (code > 0x60 && code < 0x7b)
  return !isLetterOrDigit || STARTS.has(startOf(first))
}

/** What a text is known by at a glance. */
export function startOf(text: string): string {
  return text.slice(0, 2).toLowerCase()
}

/** Dashes alone, and some of them in a row. */
function isRule(filled: readonly string[]): boolean {
  return filled.every((text) => RULE_CELL.test(text)) && filled.some((text) => text.length > 1)
}

/** Digits enough for a phone, and neither decimals nor thousands apart. */
function mayBePhone(text: string): boolean {
  return text.replaceAll(/\D/g, '').length >= SHORTEST_PHONE && !FRACTION_OR_GROUPS.test(text)
}

/** What ends PostgreSQL's COPY in a script, and the same where backslashes are read as escapes. */
const COPY_END: ReadonlySet<string> = new Set(['\\.', '.'])
const SHORTEST_PHONE = 6
const FRACTION_OR_GROUPS = /[.,]\d{1,2}\D*$|^\D*\d{1,3}(?:[.,'’\u00A0\u202F ]\d{3})+\D*$/
