/**
 * A text's beginning, of `most` UTF-16 units at most, and ` …` where something was cut off. Never ends in half a
 * character. Costs what `most` costs, however long the text is.
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text
    .slice(0, most - 2)
    .toWellFormed()
    .replace(/\uFFFD$/u, '')
    .trimEnd()} …`
}
