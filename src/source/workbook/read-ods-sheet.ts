import type { Pieces } from '../pieces.ts'
import { OdsStyles } from './ods-styles.ts'
import { readXml } from './read-xml.ts'
import { MOST_EXACT, NO_RESULT, TOO_LONG, errorCell, textCell } from './sheet-cell.ts'
import type { SheetCell } from './sheet-cell.ts'
import type { SheetRow } from './workbook.ts'

/** A spreadsheet has no more columns. */
const MOST_COLUMNS = 16_384
/** A row of members that is there so often by itself is none. */
const MOST_REPEATS = 100_000

/** A cell as its tags say it. */
interface OpenCell {
  readonly type: string
  readonly value: string
  readonly hasFormula: boolean
  readonly isError: boolean
  readonly digits: number
  readonly repeated: number
  paragraphs: string[]
}

/**
 * Reads the rows of the sheet of that place, from 0, with the document's shared styles, as the document's XML comes, some
 * at a time.
 */
export async function* readOdsSheet(
  pieces: Pieces,
  wanted: number,
  shared: OdsStyles,
): AsyncGenerator<SheetRow[], void, undefined> {
  const rows: SheetRow[] = []
  const styles = new OdsStyles(shared)
  let sheet = -1
  let isInside = false
  let number = 0
  let row = newRow(0, 1)
  let cell: OpenCell | undefined
  let isNote = false
  const reading = readXml(pieces, {
    open(tag, attribute) {
      styles.open(tag, attribute)
      if (tag === 'table') {
        sheet++
        isInside = sheet === wanted
      }
      if (!isInside) return
      switch (tag) {
        case 'table-row':
          row = newRow(number + 1, Number(attribute('table:number-rows-repeated') ?? 1))
          row.isHidden = /^(?:filter|collapse)$/.test(attribute('table:visibility') ?? '')
          number += row.repeated
          break
        case 'table-cell':
        case 'covered-table-cell':
          cell = openCell(attribute, (name) => styles.digitsOf(name, row.width))
          break
        case 'annotation':
          isNote = true
          break
        case 'p':
          if (!isNote) cell?.paragraphs.push('')
          break
        case 's':
          addText(cell, isNote, ' '.repeat(Math.min(Number(attribute('text:c') ?? 1), MOST_COLUMNS)))
          break
        case 'tab':
          addText(cell, isNote, '\t')
          break
        case 'line-break':
          addText(cell, isNote, '\n')
          break
      }
    },
    text(text) {
      if (isInside) addText(cell, isNote, text)
    },
    close(tag) {
      if (tag === 'table') isInside = false
      if (!isInside) return
      if (tag === 'annotation') isNote = false
      else if (tag === 'table-cell' || tag === 'covered-table-cell') {
        if (cell !== undefined) addCell(row, cell)
        cell = undefined
      } else if (tag === 'table-row') {
        const { cells, faults } = row
        if (cells.length === 0 && faults.length === 0) return
        if (row.repeated > MOST_REPEATS) throw new Error(`row ${row.number} is there ${row.repeated} times`)
        for (let at = 0; at < row.repeated; at++)
          rows.push({ number: row.number + at, cells, faults, ...(row.isHidden && { isHidden: true }) })
      }
    },
  })
  for await (const _ of reading) {
    yield rows.splice(0)
    if (sheet >= wanted && !isInside) return
  }
}

function newRow(number: number, repeated: number) {
  const faults: { column: number; problem: string }[] = []
  return { number, repeated, width: 0, cells: [] as string[], faults, isHidden: false }
}

function openCell(
  attribute: (name: string) => string | undefined,
  digitsOf: (style: string | undefined) => number,
): OpenCell {
  const type = attribute('office:value-type') ?? ''
  const value =
    attribute('office:value') ??
    attribute('office:date-value') ??
    attribute('office:time-value') ??
    attribute('office:boolean-value') ??
    attribute('office:string-value') ??
    ''
  return {
    type,
    value,
    hasFormula: attribute('table:formula') !== undefined,
    isError: attribute('calcext:value-type') === 'error',
    digits: digitsOf(attribute('table:style-name')),
    repeated: Number(attribute('table:number-columns-repeated') ?? 1),
    paragraphs: [],
  }
}

function addText(cell: OpenCell | undefined, isNote: boolean, text: string): void {
  if (cell === undefined || isNote || cell.paragraphs.length === 0) return
  cell.paragraphs.push(`${cell.paragraphs.pop() ?? ''}${text}`)
}

function addCell(row: ReturnType<typeof newRow>, cell: OpenCell): void {
  const { text, problem } = readCell(cell)
  const start = row.width
  row.width += cell.repeated
  if (text === '' && problem === undefined) return
  if (row.width > MOST_COLUMNS) throw new Error(`row ${row.number} has a cell beyond the last column`)
  for (let column = start; column < row.width; column++) {
    if (text !== '') row.cells[column] = text
    if (problem !== undefined) row.faults.push({ column, problem })
  }
}

function readCell({ type, value, hasFormula, isError, digits, paragraphs }: OpenCell): SheetCell {
  const shown = paragraphs.join('\n')
  if (isError) return errorCell(shown === '' ? '#N/A' : shown)
  switch (type) {
    case 'float':
    case 'percentage':
    case 'currency': {
      const number = Number(value)
      if (value === '' || Number.isNaN(number))
        return { text: shown, problem: 'the cell holds a number that cannot be read' }
      if (Number.isInteger(number) && Math.abs(number) >= MOST_EXACT) return { text: String(number), problem: TOO_LONG }
      return { text: Number.isInteger(number) && number >= 0 ? String(number).padStart(digits, '0') : String(number) }
    }
    case 'date':
      return { text: value.replace('T', ' ').replace(/\.\d+$/, '') }
    case 'time':
      return { text: timeOf(value) }
    case 'boolean':
      return { text: value.toUpperCase() }
    case 'string':
      return textCell(paragraphs.length > 0 ? shown : value)
    default:
      return hasFormula ? { text: '', problem: NO_RESULT } : textCell(shown)
  }
}

/** `PT08H09M10S` is 08:09:10. */
function timeOf(duration: string): string {
  const [, hours = '0', minutes = '0', seconds = '0'] =
    /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?$/.exec(duration) ?? []
  return [hours, minutes, seconds].map((part) => part.padStart(2, '0')).join(':')
}
