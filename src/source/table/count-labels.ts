import { isDatum } from '../header-notes.ts'
import { isReportHeader } from '../report-header.ts'
import type { FirstRow } from './find-header.ts'
import { furnitureOf } from './furniture.ts'

/** So many rows of labels are looked for: survey programs write two. */
const MOST_LABELS = 3

/**
 * How many of the rows right below a header say once more what its columns hold, and are no records: what people call columns
 * that the header has by a program's names (SAP, Qualtrics), or how they are to be filled in. `rows`: the header, and the first
 * below it.
 */
export function countLabels([header, ...below]: readonly FirstRow[]): number {
  const columns = header?.cells ?? []
  if (isReportHeader(columns)) return 0
  const rows = below.filter(({ cells }) => isRecord(cells, columns.length))
  const first = rows.slice(0, MOST_LABELS)
  const survey = first.findLastIndex(({ cells }) => isOfSurvey(cells))
  if (survey >= 0) return survey + 1
  let count = 0
  while (count < first.length - 1 && areLabels(rows[count]?.cells ?? [], rows.slice(count + 1))) count++
  return count
}

function isRecord(cells: readonly string[], width: number): boolean {
  const what = furnitureOf(cells, width)
  return what === undefined || what === 'maybe total' || what === 'maybe note'
}

/** What Qualtrics and SurveyMonkey write below the questions. */
function isOfSurvey(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  if (filled.length === 0) return false
  return (
    filled.every((cell) => cell.startsWith('{"ImportId"')) ||
    (filled.includes('Open-Ended Response') && !filled.some(isDatum))
  )
}

/**
 * Words alone, also in columns that hold an e-mail, a number or a date in nearly every row below: each another in two of them, or in
 * three. No member is lost with such a row: what could tell one does not stand in it.
 */
function areLabels(cells: readonly string[], below: readonly FirstRow[]): boolean {
  const words: string[] = []
  for (const [column, cell] of cells.entries()) {
    const text = cell.trim()
    if (text === '' || !isOfData(column, below)) continue
    if (DATA.test(text)) return false
    words.push(text.toLowerCase())
  }
  return words.length > 2 || (words.length === 2 && words[0] !== words[1])
}

function isOfData(column: number, below: readonly FirstRow[]): boolean {
  const values = below.map(({ cells }) => cells[column]?.trim() ?? '').filter((value) => value !== '')
  return values.length > 0 && values.filter(isDatum).length >= values.length * MOSTLY
}

/** Digits of any script. */
const DATA = /[\p{N}@＠]/u
const MOSTLY = 0.8
