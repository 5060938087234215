/** Lines of cells side by side, each column as wide as its widest cell. Cells at the end may be left out. */
export function tableLines(lines: readonly (readonly string[])[]): readonly string[] {
  const last = Math.max(0, ...lines.map((cells) => cells.length - 1))
  const widths = Array.from({ length: last }, (_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  )
  return lines.map((cells) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
