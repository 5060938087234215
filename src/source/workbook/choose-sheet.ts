import { UsageError } from '../../model.ts'
import { isDatum } from '../header-notes.ts'
import { ROWS_LOOKED_AT, findHeader, isHeader } from '../table/find-header.ts'
import type { FirstRow } from '../table/find-header.ts'
import type { Unread } from '../rows.ts'
import type { Sheet, SheetReading, SheetRow, Workbook } from './workbook.ts'

/** A sheet with its first rows read. */
export interface ChosenSheet {
  readonly name: string
  readonly reading: SheetReading
  /** Read already: at least so many that a header is among them, if there is one. */
  readonly first: readonly SheetRow[]
  /** Which sheet it is, for people, and why others before it are not read. */
  readonly told: string
  readonly notes: readonly string[]
  readonly unread: readonly Unread[]
}

/** More sheets than this are not looked into. */
const MOST_SHEETS = 50

/**
 * The sheet that is wanted, by its name or its place from 1, or else the first of those that can be seen which holds a table; but
 * for a short one in which nobody has an e-mail or a phone, where a longer one in which they have follows: a summary.
 * Throws UsageError where there is none.
 */
export async function chooseSheet(
  { sheets }: Workbook,
  wanted: string | number | undefined,
  name: string,
): Promise<ChosenSheet> {
  if (wanted !== undefined) {
    const sheet = typeof wanted === 'string' ? sheets.find((each) => each.name === wanted) : sheets[wanted - 1]
    if (sheet === undefined) throw noSheetError(sheets, wanted, name)
    return { ...(await begin(sheet)), told: `sheet ${quote(sheet)}`, notes: [], unread: [] }
  }
  const best = await findBest(sheets)
  if (best === undefined) throw noSheetError(sheets, wanted, name)
  const { sheet, summary, ...begun } = best
  const place = sheets.indexOf(sheet)
  const which =
    sheets.length === 1
      ? ''
      : place === 0
        ? `, the first of ${sheets.length}`
        : `, number ${place + 1} of ${sheets.length}`
  const more = await sheetsAlike(sheets.slice(place + 1), begun.first)
  return {
    ...begun,
    told: `sheet ${quote(sheet)}${which}`,
    notes: passedSheets(sheets.slice(0, place), summary),
    unread: unreadSheets(more),
  }
}

/** The sheets behind the one that is read which have its header, or else are of members too. */
async function sheetsAlike(behind: readonly Sheet[], first: readonly SheetRow[]): Promise<readonly Sheet[]> {
  const alike: Sheet[] = []
  for (const sheet of behind.filter(({ isHidden }) => !isHidden).slice(0, MOST_SHEETS)) {
    const begun = await begin(sheet)
    await begun.reading.rows.return()
    const isSame = begun.first.length > 1 && headerOf(begun.first) === headerOf(first)
    if (isSame || rankOf(begun.first) === IS_OF_MEMBERS) alike.push(sheet)
  }
  return alike
}

function headerOf(first: readonly SheetRow[]): string {
  const rows = first.map(toFirstRow)
  return JSON.stringify(rows[findHeader(rows)]?.cells)
}

function unreadSheets(sheets: readonly Sheet[]): Unread[] {
  const [one, ...others] = sheets
  if (one === undefined) return []
  const message =
    `${sheets.map(quote).join(', ')} ${others.length === 0 ? 'seems' : 'seem'} to hold members too, which are not read. ` +
    `Import ${others.length === 0 ? 'that sheet' : 'each of these sheets'} by itself: \`rows: { sheet: ${quote(one)} }\` in a plan of its own.`
  return [{ what: 'other sheets', message }]
}

type Begun = Pick<ChosenSheet, 'name' | 'reading' | 'first'>

async function begin(sheet: Sheet): Promise<Begun> {
  const reading = sheet.read()
  const first: SheetRow[] = []
  while (first.length < ROWS_LOOKED_AT) {
    const next = await reading.rows.next()
    if (next.done === true) break
    first.push(...next.value)
  }
  return { name: sheet.name, reading, first }
}

interface Best extends Begun {
  readonly sheet: Sheet
  readonly rank: number
  /** A sheet before it with a table that is not read, as it is none of members. */
  readonly summary: Sheet | undefined
}

/** Of the sheets that can be seen: the first with names above data, or else with rows, or else with anything. */
async function findBest(sheets: readonly Sheet[]): Promise<Best | undefined> {
  let best: Best | undefined
  for (const sheet of sheets.filter(({ isHidden }) => !isHidden).slice(0, MOST_SHEETS)) {
    const begun = await begin(sheet)
    const rank = rankOf(begun.first)
    const isFollowing = best?.rank === IS_TABLE
    const isBetter = best === undefined || rank > best.rank
    if (isFollowing ? rank === IS_OF_MEMBERS && begun.first.length > (best?.first.length ?? 0) : isBetter) {
      await best?.reading.rows.return()
      best = { ...begun, sheet, rank, summary: isFollowing ? best?.sheet : undefined }
    } else await begun.reading.rows.return()
    if (best?.rank === IS_OF_MEMBERS || (best?.rank === IS_TABLE && best.first.length >= ROWS_LOOKED_AT)) break
  }
  return best
}

const IS_TABLE = 3
const IS_OF_MEMBERS = 4

function rankOf(first: readonly SheetRow[]): number {
  if (first.length === 0) return 0
  const rows = first.map(toFirstRow)
  const table = rows.slice(findHeader(rows))
  const [header] = table
  if (table.length > 1 && header !== undefined && isHeader(header.cells, table.slice(1))) {
    return header.cells.some((_, column) => areReached(table.slice(1).map(({ cells }) => cells[column] ?? '')))
      ? IS_OF_MEMBERS
      : IS_TABLE
  }
  return table.length > 1 && (header?.cells.length ?? 0) > 1 ? 2 : 1
}

/** Whether a column holds e-mails, or numbers as long as phones. */
function areReached(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== '')
  return filled.length > 0 && filled.filter(isReach).length * 2 > filled.length
}

function isReach(cell: string): boolean {
  return isDatum(cell) && (cell.includes('@') || /^\+?(?:\d[\s()-]{0,2}){8,}$/.test(cell))
}

/** A sheet's row as a text's are. */
export function toFirstRow({ cells, number }: SheetRow): FirstRow {
  return { cells: Array.from(cells, (cell) => cell ?? ''), line: number }
}

function passedSheets(sheets: readonly Sheet[], summary: Sheet | undefined): string[] {
  const hidden = sheets.filter(({ isHidden }) => isHidden)
  const others = sheets.filter((sheet) => !sheet.isHidden && sheet !== summary)
  const parts = [
    ...(hidden.length === 0 ? [] : [`${hidden.map(quote).join(', ')} ${hidden.length === 1 ? 'is' : 'are'} hidden`]),
    ...(others.length === 0
      ? []
      : [`${others.map(quote).join(', ')} ${others.length === 1 ? 'holds' : 'hold'} no table`]),
    ...(summary === undefined ? [] : [`${quote(summary)} holds a short table without e-mails and phones`]),
  ]
  return parts.length === 0
    ? []
    : [`Of the sheets before it, ${parts.join(' and ')}. To read another one: \`rows: { sheet: … }\`.`]
}

function noSheetError(sheets: readonly Sheet[], wanted: string | number | undefined, name: string): UsageError {
  const names = sheets.map((sheet) => `${quote(sheet)}${sheet.isHidden ? ' (hidden)' : ''}`).join(', ')
  const which =
    typeof wanted === 'string'
      ? `no sheet ${JSON.stringify(wanted)}`
      : wanted === undefined
        ? 'no sheet that can be seen'
        : `no sheet ${wanted}`
  return new UsageError(
    `${name} has ${which}; its sheets are: ${names === '' ? 'none' : names}. Name one of them: \`rows: { sheet: … }\`.`,
  )
}

function quote({ name }: Sheet): string {
  return JSON.stringify(name)
}
