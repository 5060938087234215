import type { Pieces } from '../pieces.ts'
import { PLAIN } from './number-formats.ts'
import type { NumberFormat } from './number-formats.ts'
import { numberText } from './number-text.ts'
import { readXml } from './read-xml.ts'
import type { SharedStrings } from './shared-strings.ts'
import { MOST_EXACT, NO_RESULT, TOO_LONG, ZERO_FOR_NO_RESULT, errorCell, textCell } from './sheet-cell.ts'
import type { SheetCell } from './sheet-cell.ts'
import { unescapeText } from './unescape-text.ts'
import type { SheetRow } from './workbook.ts'

/** What a sheet's cells refer to. */
export interface SheetContext {
  readonly texts: SharedStrings
  readonly formats: readonly NumberFormat[]
  readonly from1904: boolean
  /** Results of formulas that are 0 may stand for none. */
  readonly isUnworked?: boolean
}

interface OpenRow {
  readonly number: number
  readonly cells: string[]
  readonly faults: { column: number; problem: string }[]
  isHidden?: boolean
}

/** A spreadsheet has no more columns (XFD); a reference beyond them is broken. */
const MOST_COLUMNS = 16_384

/** Reads a sheet's rows as its XML comes, some at a time. */
export async function* readSheet(pieces: Pieces, context: SheetContext): AsyncGenerator<SheetRow[], void, undefined> {
  const rows: SheetRow[] = []
  let row: OpenRow = { number: 0, cells: [], faults: [] }
  let column = -1
  let cell = { type: 'n', style: 0, value: '', hasFormula: false }
  let inValue = false
  let isPhonetic = false
  const reading = readXml(pieces, {
    open(name, attribute) {
      switch (name) {
        case 'row':
          row = { number: Number(attribute('r') ?? row.number + 1), cells: [], faults: [] }
          if (/^(?:1|true)$/.test(attribute('hidden') ?? '')) row.isHidden = true
          column = -1
          break
        case 'c':
          column = columnOf(attribute('r')) ?? column + 1
          cell = { type: attribute('t') ?? 'n', style: Number(attribute('s') ?? 0), value: '', hasFormula: false }
          break
        case 'f':
          cell.hasFormula = true
          break
        case 'v':
        case 't':
          inValue = !isPhonetic
          break
        case 'rPh':
          isPhonetic = true
          break
      }
    },
    text(text) {
      if (inValue) cell.value += text
    },
    close(name) {
      switch (name) {
        case 'v':
        case 't':
          inValue = false
          break
        case 'rPh':
          isPhonetic = false
          break
        case 'c': {
          if (column >= MOST_COLUMNS) throw new Error(`row ${row.number} has a cell beyond the last column`)
          const read = readCell(cell, context)
          if (read.text !== '') row.cells[column] = read.text
          if (read.problem !== undefined) row.faults.push({ column, problem: read.problem })
          break
        }
        case 'row':
          if (row.cells.length > 0 || row.faults.length > 0) rows.push(row)
          break
      }
    },
  })
  for await (const _ of reading) yield rows.splice(0)
}

function readCell(
  { type, style, value, hasFormula }: { type: string; style: number; value: string; hasFormula: boolean },
  { texts, formats, from1904, isUnworked = false }: SheetContext,
): SheetCell {
  switch (type) {
    case 's': {
      const text = value === '' ? '' : texts.get(Number(value))
      return text === undefined ? { text: '', problem: 'the cell refers to a text that is not there' } : textCell(text)
    }
    case 'b':
      return readBoolean(value)
    case 'e':
      return errorCell(value)
    case 'n': {
      if (value === '') return hasFormula ? { text: '', problem: NO_RESULT } : { text: '' }
      const number = Number(value)
      if (Number.isNaN(number)) return { text: value, problem: 'the cell holds a number that cannot be read' }
      if (hasFormula && isUnworked && number === 0) return { text: value, problem: ZERO_FOR_NO_RESULT }
      if (Number.isInteger(number) && Math.abs(number) >= MOST_EXACT) return { text: String(number), problem: TOO_LONG }
      return { text: numberText(number, formats[style] ?? PLAIN, { from1904 }) }
    }
    default:
      // Texts within the sheet itself, texts that a formula gave, and dates in ISO 8601.
      return textCell(unescapeText(value))
  }
}

/** 1 and 0 by the standard, and as XML Schema has booleans. */
function readBoolean(value: string): SheetCell {
  if (value === '1' || /^true$/i.test(value)) return { text: 'TRUE' }
  if (value === '0' || value === '' || /^false$/i.test(value)) return { text: 'FALSE' }
  return { text: value, problem: 'the cell is to hold true or false, and holds neither' }
}

/** `AB12` is column 27, counted from 0. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]+/.exec(reference ?? '')?.[0]
  if (letters === undefined) return undefined
  let column = 0
  for (let at = 0; at < letters.length; at++) column = column * 26 + letters.charCodeAt(at) - 64
  return column - 1
}
