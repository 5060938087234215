import { isDatum } from '../header-notes.ts'
import { isReportHeader } from '../report-header.ts'
import type { FirstRow } from './find-header.ts'
import { furnitureOf, isDoubtful } from './furniture.ts'

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
  const [one, another] = first.map(({ cells }) => cells.map((cell) => cell.trim()).filter((cell) => cell !== ''))
  if (another?.every(isImportId) === true) return 2
  if (one?.every(isImportId) === true || (one?.includes('Open-Ended Response') === true && !one.some(isDatum))) return 1
  let count = 0
  while (count < first.length - 1 && areLabels(rows[count]?.cells ?? [], rows.slice(count + 1))) count++
  return count
}

function isRecord(cells: readonly string[], width: number): boolean {
  const what = furnitureOf(cells, width)
  return what === undefined || isDoubtful(what)
}

/** What Qualtrics writes below its questions; SurveyMonkey, what kind of answer each has. */
function isImportId(cell: string): boolean {
  return cell.startsWith('{"ImportId"')
}

/**
 * Words alone in each column that holds digits or an @ in nearly every row below; and in two at least of those that hold an
 * e-mail, a number or a date there: each another in two of them, or in three. No member is lost with such a row: what could
 * tell one does not stand in it.
 */
function areLabels(cells: readonly string[], below: readonly FirstRow[]): boolean {
  const words: string[] = []
  for (const [column, cell] of cells.entries()) {
    const text = cell.trim()
    const values = below.map((row) => row.cells[column]?.trim() ?? '').filter((value) => value !== '')
    if (text === '' || !areMostly(values, hasData)) continue
    if (hasData(text)) return false
    if (areMostly(values, isDatum)) words.push(text.toLowerCase())
  }
  if (words.some((word) => FOR_NOTHING.test(word))) return false
  return words.length > 2 || (words.length === 2 && words[0] !== words[1])
}

function areMostly(values: readonly string[], are: (value: string) => boolean): boolean {
  return values.length > 0 && values.filter(are).length >= values.length * MOSTLY
}

function hasData(text: string): boolean {
  return DATA.test(text)
}

/** Digits of any script. */
const DATA = /[\p{N}@＠]/u
const MOSTLY = 0.8
/** What stands where a member has no phone and no e-mail. */
const FOR_NOTHING =
  /^(?:n[./]?a\.?|none|null|nil|nan|nat|no|unknown|undefined|empty|blank|missing|[^\p{L}]+|\\n|(?:not|no|without|keine?|ohne|sin|sans|sem|não|senza|geen|tidak|không|ei|nej|nu|nie|не|нет|لا|غير) .*|keine?|ninguno|aucune?|nenhum|nessuno|geen|brak|yok|nincs|nemá|нет|немає|なし|無し?|无|없음|ไม่มี|אין|ندارد)$/iu
