import { bareText } from './cell-shape.ts'
import { foldPlain } from './fold-text.ts'
import { dropInvisible } from './invisible.ts'

/**
 * A date's cell as the formats read it: digits of any script and full-width signs are plain, every kind of space is a space
 * and every dash a hyphen; what cannot be seen goes, also from within (Windows and Arabic exports put marks of direction
 * there), and so do an apostrophe in front, quotes around it, and what ODBC writes around a date: `{d '1988-05-10'}`, `{ts
 * '…'}`.
 */
export function dateText(cell: string): string {
  if (isBare(cell)) return cell
  const text = isPlain(cell) ? cell : plainSigns(cell)
  const trimmed = oneSpace(text.trim())
  if (!AROUND.has(trimmed.charCodeAt(0))) return trimmed
  return ODBC.exec(trimmed)?.[1] ?? bareText(trimmed)
}

/** The same for what a format holds between its letters. */
export function plainSigns(text: string): string {
  return oneSpace(dropInvisible(foldPlain(text)).replaceAll(SPACES, ' ').replaceAll(DASHES, '-'))
}

/** SQL Server pads days and hours: `May  1 1988  9:05AM`. */
function oneSpace(text: string): string {
  return text.includes('  ') ? text.replaceAll(/ {2,}/g, ' ') : text
}

/** Whether it is ASCII that shows, without a space, and nothing around it, as most dates without a time are. */
function isBare(cell: string): boolean {
  for (let at = 0; at < cell.length; at++) {
    const code = cell.charCodeAt(at)
    if (code <= 32 || code > 126) return false
  }
  return !AROUND.has(cell.charCodeAt(0))
}

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 126) return false
  return true
}

/** `"`, `'` and `{`. */
const AROUND: ReadonlySet<number> = new Set([34, 39, 123])
const ODBC = /^\{(?:d|ts) ?'([^']*)'\}$/i
const SPACES = /[\p{Zs}\t]/gu
const DASHES = /[\u2010-\u2015\u2212]/g
