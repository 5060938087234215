/**
 * A cell's text where characters are escaped, as databases write their dumps: `\n`, `\t` and their like by a letter, any
 * other character by itself, and `\N` alone for what has no value.
 * (PostgreSQL: COPY, "Text Format"; MariaDB: SELECT INTO OUTFILE, and the client's --batch; Miller: TSV.)
 */
export function unescapeCell(text: string, escape: string): string {
  if (text.length === 2 && text[0] === escape && text[1] === 'N') return ''
  let plain = ''
  let from = 0
  for (let at = text.indexOf(escape); at >= 0; at = text.indexOf(escape, from)) {
    const next = text[at + 1]
    if (next === undefined) break
    plain += text.slice(from, at) + (LETTERS.get(next) ?? next)
    from = at + 2
  }
  return plain + text.slice(from)
}

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['0', '\0'],
])
