/**
 * A process of its own: reads a workbook of an old Excel (.xls) whole, and prints it, a line of JSON a row. What such a file
 * makes of the memory bounds this process alone. Arguments: the file, and a sheet's place from 0, or `list` for their names.
 */
import { readFileSync } from 'node:fs'
import { read } from '@e965/xlsx'
import type { CellObject, WorkBook } from '@e965/xlsx'
import { findXlsDamage } from './find-xls-damage.ts'
import { PLAIN, readFormatCode } from './number-formats.ts'
import { numberText } from './number-text.ts'
import { MOST_EXACT, NO_RESULT, TOO_LONG, errorCell, textCell } from './sheet-cell.ts'
import type { SheetCell } from './sheet-cell.ts'

/** Errors by their codes ([MS-XLS] 2.5.10). */
const ERRORS: ReadonlyMap<number, string> = new Map([
  [0x00, '#NULL!'],
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
  [0x2a, '#N/A'],
])

const [, , path = '', wanted = 'list'] = process.argv

try {
  if (wanted === 'list') listSheets(openBook({ bookSheets: false, sheetRows: 1 }))
  else await printSheet(openBook({ sheets: Number(wanted) }), Number(wanted))
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

function openBook(options: object): WorkBook {
  const file = readFileSync(path)
  const damage = findXlsDamage(file)
  if (damage !== undefined) throw new Error(`damaged: ${damage}`)
  return read(file, { type: 'buffer', dense: true, cellNF: true, cellText: false, ...options })
}

function listSheets({ SheetNames: names, Workbook: book }: WorkBook): void {
  const sheets = names.map((name, index) => ({ name, isHidden: (book?.Sheets?.[index]?.Hidden ?? 0) > 0 }))
  process.stdout.write(`${JSON.stringify({ sheets })}\n`)
}

async function printSheet(
  { SheetNames: names, Sheets: sheets, Workbook: book }: WorkBook,
  index: number,
): Promise<void> {
  const sheet = sheets[names[index] ?? '']
  const rows = sheet?.['!data'] ?? []
  const from1904 = book?.WBProps?.date1904 === true
  for (const [at, row] of rows.entries()) {
    const cells: string[] = []
    const faults: { column: number; problem: string }[] = []
    for (const [column, cell] of (row ?? []).entries()) {
      const { text, problem } = cell === undefined ? { text: '' } : readCell(cell, from1904)
      if (text !== '') cells[column] = text
      if (problem !== undefined) faults.push({ column, problem })
    }
    if (cells.length === 0 && faults.length === 0) continue
    const line = JSON.stringify({ number: at + 1, cells: Array.from(cells, (cell) => cell ?? ''), faults })
    if (!process.stdout.write(`${line}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve))
  }
}

function readCell({ t: type, v: value, z: format }: CellObject, from1904: boolean): SheetCell {
  switch (type) {
    case 'b':
      return { text: value === true ? 'TRUE' : 'FALSE' }
    case 'e':
      return errorCell(ERRORS.get(Number(value)) ?? '#N/A')
    case 'n': {
      const number = Number(value)
      if (Number.isInteger(number) && Math.abs(number) >= MOST_EXACT) return { text: String(number), problem: TOO_LONG }
      return { text: numberText(number, typeof format === 'string' ? readFormatCode(format) : PLAIN, { from1904 }) }
    }
    case 's':
      return textCell(String(value ?? ''))
    case 'd':
    case 'z':
      return value === undefined ? { text: '' } : { text: '', problem: NO_RESULT }
  }
}
