/**
 * True of a record over several lines each of which would be a record by itself, of the header's width, and holds a value made
 * as the first line's in the same column, with a digit or an @ in it: where a lost quote has joined members, and hardly ever in
 * a text. `record`: without its line end.
 */
export function looksJoined(record: string, { width, delimiter }: { width: number; delimiter: string }): boolean {
  const lines = record.split(/\r\n|\n|\r/).map((line) => line.split(delimiter))
  if (lines.length < 2 || width < 2 || lines.some((cells) => cells.length !== width)) return false
  const shapes = lines.map((cells) => cells.map(shapeOf))
  return shapes[0]?.some((shape, at) => /[9@]/.test(shape) && shapes.every((each) => each[at] === shape)) === true
}

/** `AB-12` is `a-9`; without the quote that may stand at one of its ends. */
function shapeOf(cell: string): string {
  return cell
    .trim()
    .replaceAll(/^["'`]|["'`]$/g, '')
    .replaceAll(/\p{L}+/gu, 'a')
    .replaceAll(/\d+/g, '9')
}
