import type { TypedValue } from './typed-row.ts'

/** What a sheet of a spreadsheet holds at most: Excel's own limits. */
export const SHEET_ROWS = 1_048_576
const CELL_LENGTH = 32_767

/**
 * A worksheet as XML, piece by piece: the header stays in sight, numbers are numbers, and any other value is text, which
 * no spreadsheet runs.
 */
export function* sheetXml(header: readonly string[], rows: Iterable<readonly TypedValue[]>): Generator<string> {
  let xml =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">' +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>' +
    `<row>${header.map((name) => textCell(name, ' s="1"')).join('')}</row>`
  for (const row of rows) {
    xml += '<row>'
    for (const value of row) xml += cell(value)
    xml += '</row>'
    if (xml.length < PIECE) continue
    yield xml
    xml = ''
  }
  yield `${xml}</sheetData></worksheet>`
}

const PIECE = 64 * 1024

function cell(value: TypedValue): string {
  if (value === undefined || value === '') return '<c/>'
  return typeof value === 'number' ? `<c><v>${value}</v></c>` : textCell(value)
}

function textCell(text: string, attributes = ''): string {
  return `<c t="inlineStr"${attributes}><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`
}

function escapeXml(text: string): string {
  const shown = text.length > CELL_LENGTH ? `${text.slice(0, CELL_LENGTH - 1)}…` : text
  if (!special.test(shown)) return shown
  return shown
    .toWellFormed()
    .replace(looksEscaped, '_x005F_$1')
    .replace(forbidden, (found) => `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/* oxlint-disable no-control-regex -- control characters are what these are about */
const special = /[&<>_\u0000-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/u
/** What XML cannot hold, and a CR, which it would read as a LF. */
const forbidden = /[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/gu
/* oxlint-enable no-control-regex */
/** Text that a spreadsheet would take for such an escape. */
const looksEscaped = /_(x[0-9A-Fa-f]{4}_)/gu
