import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import type { Workplace } from './workplace.ts'

/** The columns of `writeMembers`. */
export const COLUMNS =
  'external_id,first_name,last_name,mobile,email,city,dob,tier,points,tier_expiry,partner,membership_id,partner_tier,note'

/** Writes a CSV file of 14 columns with that many members, all of whom have a partner; the same each time. Gives its path. */
export function writeMembers(place: Workplace, rows: number): Promise<string> {
  return writeRows(join(place.folder, `members-${rows}.csv`), COLUMNS, rows, memberLine)
}

/** The same with three identifiers alone. Every so many rows, one repeats the member of a row before it. */
export function writeIdentifiers(place: Workplace, rows: number, repeatedEvery: number): Promise<string> {
  return writeRows(join(place.folder, `identifiers-${rows}.csv`), 'external_id,mobile,email', rows, (row) => {
    const member = row % repeatedEvery === 0 ? row - repeatedEvery / 2 : row
    return `M-${10_000_000 + member},91${9_000_000_000 + member},member.${member}@example.org\n`
  })
}

/** Members with a partner, and keys in no order: what a memory that is sorted by key likes least. */
export function writeScattered(place: Workplace, rows: number): Promise<string> {
  const columns = 'external_id,partner,membership_id,partner_tier'
  return writeRows(join(place.folder, `scattered-${rows}.csv`), columns, rows, (row) => {
    // An odd factor: no two rows have the same product of 32 bits.
    return `M-${Math.imul(row, 2_654_435_761) >>> 0},Goldstar,GS${700_000 + row},Gold\n`
  })
}

async function writeRows(path: string, columns: string, rows: number, line: (row: number) => string): Promise<string> {
  const out = createWriteStream(path)
  out.write(`${columns}\n`)
  for (let first = 1; first <= rows; first += ROWS_A_CHUNK) {
    const count = Math.min(ROWS_A_CHUNK, rows - first + 1)
    const chunk = Array.from({ length: count }, (_, index) => line(first + index)).join('')
    if (!out.write(chunk)) await once(out, 'drain')
  }
  out.end()
  await finished(out)
  return path
}

const ROWS_A_CHUNK = 1_000
const FIRST_NAMES = ['Chaitra', 'Pooja', 'Arjun', 'Ravi', 'Meera', 'Dev', 'Anjali']
const LAST_NAMES = ['Pillai', 'Menon', 'Sharma', 'Iyer', 'Das']
const CITIES = ['Pune', 'Kochi', 'Bengaluru', 'Jaipur', 'Śrīnagar']
const TIERS = ['Silver', 'Gold', 'Platinum']

function memberLine(row: number): string {
  const first = pick(FIRST_NAMES, row)
  const last = pick(LAST_NAMES, row)
  const day = String((row % 28) + 1).padStart(2, '0')
  const month = String((row % 12) + 1).padStart(2, '0')
  const cells = [
    `M-${10_000_000 + row}`,
    first,
    last,
    `9${String(870_000_000 + row)}`,
    `${first}.${last}${row}@Example.org`,
    pick(CITIES, row),
    `${day}/${month}/${1960 + (row % 45)}`,
    String((row % 4) + 1),
    String(row % 5_000),
    `20${31 + (row % 9)}-${month}-${day}`,
    'Goldstar',
    `GS${700_000 + row}`,
    pick(TIERS, row),
    // Some cells of real files are quoted.
    row % 25 === 0 ? '"met at the shop, wants ""no"" calls"' : '',
  ]
  return `${cells.join(',')}\n`
}

function pick(words: readonly string[], row: number): string {
  return words[row % words.length] ?? ''
}
