import { type Line, columnsOf, plain, spansOf } from './span.ts'

/** Lines of cells side by side, each column as wide as its widest cell. Cells at the end may be left out. */
export function tableLines(lines: readonly (readonly Line[])[]): readonly Line[] {
  const last = Math.max(0, ...lines.map((cells) => cells.length - 1))
  const widths = Array.from({ length: last }, (_, column) => Math.max(...lines.map((cells) => widthOf(cells[column]))))
  return lines.map((cells) => {
    const filled = cells.findLastIndex((cell) => widthOf(cell) > 0)
    return cells.slice(0, filled + 1).flatMap((cell, at) => {
      const gap = at === filled ? '' : ' '.repeat((widths[at] ?? 0) - widthOf(cell) + GAP)
      return [...spansOf(cell), ...(gap === '' ? [] : [{ text: gap }])]
    })
  })
}

const GAP = 2

function widthOf(cell: Line | undefined): number {
  return cell === undefined ? 0 : columnsOf(plain(cell))
}
