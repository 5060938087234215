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
  const [line = ''] = head
    .toString('latin1')
    .replaceAll('\0', '')
    .split(/[\r\n]/, 1)
  return /(?:^|[,;\t|"])_row"?([,;\t|])"?_line"?\1"?_status(?:"?\1|"?$)/.test(line)
}
