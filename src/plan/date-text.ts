import { unarmour } from './cell-shape.ts'
import { foldPlain } from './fold-text.ts'
import { dropInvisible } from './invisible.ts'

/**
 * A date's cell as the formats read it: digits of any script and full-width signs are plain, every kind of space is a space and
 * every dash a hyphen; what cannot be seen goes, also from within (Windows and Arabic exports put marks of direction there), and
 * so does an apostrophe in front.
 */
export function dateText(cell: string): string {
  if (isBare(cell)) return cell
  const text = isPlain(cell) ? cell : plainSigns(cell)
  const trimmed = oneSpace(text.trim())
  return trimmed.charCodeAt(0) === APOSTROPHE ? (unarmour(trimmed) ?? trimmed) : trimmed
}

/** The same for what a format holds between its letters. */
export function plainSigns(text: string): string {
  return oneSpace(dropInvisible(foldPlain(text)).replaceAll(SPACES, ' ').replaceAll(DASHES, '-'))
}

/** SQL Server pads days and hours: `May  1 1988  9:05AM`. */
function oneSpace(text: string): string {
  return text.includes('  ') ? text.replaceAll(/ {2,}/g, ' ') : text
}

/** Whether it is ASCII that shows, without a space or an apostrophe in front, as most dates without a time are. */
function isBare(cell: string): boolean {
  for (let at = 0; at < cell.length; at++) {
    const code = cell.charCodeAt(at)
    if (code <= 32 || code > 126) return false
  }
  return cell.charCodeAt(0) !== APOSTROPHE
}

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 126) return false
  return true
}

const APOSTROPHE = 39
const SPACES = /[\p{Zs}\t]/gu
const DASHES = /[\u2010-\u2015\u2212]/g
