/**
 * A cell as RFC 4180 writes it, quoted only where it has to be: for a comma, a quote, a line end (a lone CR too), and
 * for space at either end, which lenient readers would trim.
 */
export function csvCell(text: string): string {
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Ends each line of a CSV report, as RFC 4180 has it. */
export const csvLineEnd = '\r\n'

const needsQuotes = /[",\r\n]|^\s|\s$/u
