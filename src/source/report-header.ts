/** True of the header of a report of ours: of results.csv or rejects.csv. */
export function isReportHeader(columns: readonly string[]): boolean {
  const at = columns.lastIndexOf('_row')
  return at >= 0 && columns[at + 1] === '_line' && columns[at + 2] === '_status'
}

/**
 * True where a file's first bytes are such a header, however a spreadsheet may have written it since: with another
 * delimiter, in another encoding.
 */
export function beginsAsReport(head: Buffer): boolean {
  // Zeros are the other half of UTF-16's characters.
  const line = firstRecord(head.toString('latin1').replaceAll('\0', ''))
  return /(?:^|[,;\t|"])_row"?([,;\t|])"?_line"?\1"?_status(?:"?\1|"?$)/.test(line)
}

/** Up to the first line end that no quotes hold: a column's name may be of several lines. */
function firstRecord(text: string): string {
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '"') quoted = !quoted
    else if (!quoted && (character === '\n' || character === '\r')) return text.slice(0, at)
  }
  return text
}
