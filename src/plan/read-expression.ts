/** An expression's parts as they are written: a filter is its name and its arguments. */
export type ReadExpression =
  | { readonly kind: 'read'; readonly column: string; readonly filters: readonly string[][]; readonly end: number }
  | { readonly kind: 'broken'; readonly message: string }

/**
 * Reads `${column | filter arguments | …}` at `from`. A column's name ends at `|` or `}` and may hold spaces; it, and
 * any argument, may stand in single or double quotes (doubled inside to mean themselves). `end` is behind the `}`.
 */
export function readExpression(text: string, from: number): ReadExpression {
  const scan: Scan = { text, at: from + 2 }
  skipSpace(scan)
  const quoted = readQuoted(scan)
  const column = quoted ?? readUntil(scan, /[|}]/).trimEnd()
  if (column === '') return broken(scan, '`${…}` names no column. Write the name of one, as in ${first_name}.')
  const filters: string[][] = []
  for (;;) {
    skipSpace(scan)
    const next = text[scan.at]
    scan.at++
    if (next === '}') return { kind: 'read', column, filters, end: scan.at }
    if (next !== '|')
      return broken(scan, `Found \`${next ?? ''}\` behind the column ${column}, expected \`|\` or \`}\`.`)
    const words = readWords(scan)
    if (words.length === 0) return broken(scan, 'A `|` has no filter behind it. Write one, or take the `|` away.')
    filters.push(words)
  }
}

interface Scan {
  readonly text: string
  at: number
}

function broken(scan: Scan, message: string): ReadExpression {
  if (scan.at <= scan.text.length && scan.text.includes('}', scan.at - 1)) return { kind: 'broken', message }
  return {
    kind: 'broken',
    message:
      'A `${` is not closed by a `}`. Write the `}`; and where the value holds ` #` or `: `, put all of it in quotes.',
  }
}

function readWords(scan: Scan): string[] {
  const words: string[] = []
  for (;;) {
    skipSpace(scan)
    const quoted = readQuoted(scan)
    const word = quoted ?? readUntil(scan, /[\s|}]/)
    if (word === '' && quoted === undefined) return words
    words.push(word)
  }
}

function skipSpace(scan: Scan): void {
  while (/\s/.test(scan.text.charAt(scan.at))) scan.at++
}

function readUntil(scan: Scan, stop: RegExp): string {
  const start = scan.at
  while (scan.at < scan.text.length && !stop.test(scan.text.charAt(scan.at))) scan.at++
  return scan.text.slice(start, scan.at)
}

/** The text in quotes, or undefined where none begins here (a quote that is not closed begins none). */
function readQuoted(scan: Scan): string | undefined {
  const quote = scan.text.charAt(scan.at)
  if (quote !== "'" && quote !== '"') return undefined
  const match = quote === '"' ? /"((?:[^"]|"")*)"(?=[\s|}])/y : /'((?:[^']|'')*)'(?=[\s|}])/y
  match.lastIndex = scan.at
  const found = match.exec(scan.text)
  if (found === null) return undefined
  scan.at = match.lastIndex
  return (found[1] ?? '').replaceAll(quote + quote, quote)
}
