/** What a person would do about each bad row of samples/members.csv, row by row of its rejects.csv. */
export function mend(row: Record<string, string>): Record<string, string> {
  const { _row: number, external_id: id = '', membership_id: membership = '', dob = '' } = row
  return {
    ...row,
    external_id: id === '' ? `M-${number}` : id.replace(/^SIM-\d+/, 'MENDED'),
    membership_id: membership.replace(/^SIM-\d+/, 'MENDED'),
    mobile: [41, 228, 489].includes(Number(number)) ? '' : (row['mobile'] ?? ''),
    dob: [23, 171, 366].includes(Number(number)) ? '31/12/1990' : dob,
    tier: /^\d*$/.test(row['tier'] ?? '') ? (row['tier'] ?? '') : '2',
    points: (row['points'] ?? '').replace(',', ''),
  }
}

/** Rows by column as a CSV file. */
export function toCsv(rows: readonly Record<string, string>[]): string {
  const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]
  return `${lines.map((cells) => cells.map(quoted).join(',')).join('\n')}\n`
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}
