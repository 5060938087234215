import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { read, utils, write } from '@e965/xlsx'
import { expect, test } from 'vitest'
import { findXlsDamage } from '../../src/source/workbook/find-xls-damage.ts'
import { outcome } from './outcome.ts'

/** Several sheets, one of them hidden, with dates, formulas, long texts and merged cells. */
function makeBook(rows: number): Buffer {
  const table = Array.from({ length: rows }, (_, at) => [
    `M-${at}`,
    `Zoë ${at}`,
    new Date(0),
    at / 2,
    'long '.repeat(at),
  ])
  const sheet = utils.aoa_to_sheet([['id', 'name', 'born', 'points', 'note'], ...table])
  sheet['D2'] = { t: 'n', v: 7, f: '3+4' }
  sheet['!merges'] = [{ s: { r: 3, c: 4 }, e: { r: 4, c: 4 } }]
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, 'Members')
  utils.book_append_sheet(book, utils.aoa_to_sheet([['x'], ['hidden']]), 'Hidden')
  book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] }
  return Buffer.from(write(book, { type: 'buffer', bookType: 'biff8' }) as Uint8Array)
}

const corpus = (name: string) => readFileSync(join(import.meta.dirname, '../corpus', name))
const BOOKS = [
  ['SheetJS', makeBook(120)],
  ['LibreOffice', corpus('members/libreoffice-fr.xls')],
  ['LibreOffice, two sheets', corpus('files/book.xls')],
] as const

test.each(BOOKS)('a workbook of %s is whole', (_, file) => expect(findXlsDamage(file)).toBeUndefined())

test.each(BOOKS)(
  'of a workbook of %s that is cut off, or has blocks out of place, no row is lost without a word',
  (_, file) => {
    const whole = rowsOf(file)
    const lost: string[] = []
    let told = 0
    const look = (what: string, changed: Buffer): void => {
      if (isRefused(changed)) told++
      else if (rowsOf(changed).length < whole.length) lost.push(what)
    }
    for (let part = 1; part < 20; part++) look(`cut ${part}`, file.subarray(0, Math.floor((file.length * part) / 20)))
    const sectors = Math.min(file.length / SECTOR - 1, 24)
    for (let at = 1; at < sectors; at++) {
      const changed = Buffer.from(file)
      changed.copy(changed, at * SECTOR, (at + 1) * SECTOR, (at + 2) * SECTOR)
      file.copy(changed, (at + 1) * SECTOR, at * SECTOR, (at + 1) * SECTOR)
      look(`swapped ${at}`, changed)
    }
    expect(lost).toEqual([])
    expect(told).toBeGreaterThan(19)
  },
)

test('a damaged one is refused with its name and what to do, and one of another kind is not looked at', async () => {
  const { refused } = (await outcome(withHole(makeBook(120)), { name: 'members.xls' })) as { refused?: string }
  expect(refused).toMatch(
    /^members\.xls is a workbook of an old Excel that is damaged \(.*\): rows of it may be lost\. Fetch it anew/,
  )
  expect(findXlsDamage(Buffer.from('id,name\n'))).toBeUndefined()
  expect(findXlsDamage(Buffer.alloc(0))).toBeUndefined()
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet([['id']]), 'Members')
  expect(findXlsDamage(Buffer.from(write(book, { type: 'buffer', bookType: 'biff5' }) as Uint8Array))).toBeUndefined()
})

const SECTOR = 512

/** With a block of zeros where a sheet's rows are. */
function withHole(file: Buffer): Buffer {
  for (let at = SECTOR; at < file.length; at += SECTOR) {
    const changed = Buffer.from(file).fill(0, at, at + SECTOR)
    try {
      if (findXlsDamage(changed) !== undefined) return changed
    } catch {
      // The container itself is broken there.
    }
  }
  throw new Error('no block of it matters')
}

function isRefused(file: Buffer): boolean {
  try {
    if (findXlsDamage(file) !== undefined) return true
    read(file, { type: 'buffer', dense: true })
    return false
  } catch {
    return true
  }
}

function rowsOf(file: Buffer): readonly string[] {
  const book = read(file, { type: 'buffer', dense: true, sheets: 0 })
  const rows = book.Sheets[book.SheetNames[0] ?? '']?.['!data'] ?? []
  return rows.map((row) => (row ?? []).map((cell) => String(cell?.v ?? '')).join('|')).filter((row) => /[^|]/.test(row))
}
