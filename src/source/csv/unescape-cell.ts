/**
 * A cell's text where characters are escaped, as databases write their dumps: `\n`, `\t` and their like by a letter, bytes by
 * three octal digits, any other character by itself, and `\N` alone for what has no value.
 * (PostgreSQL: COPY, "Text Format"; MariaDB: SELECT INTO OUTFILE, and the client's --batch; Miller: TSV; SQLite: .mode tcl.)
 */
export function unescapeCell(text: string, escape: string): string {
  if (text.length === 2 && text[0] === escape && text[1] === 'N') return ''
  let plain = ''
  let from = 0
  for (let at = text.indexOf(escape); at >= 0; at = text.indexOf(escape, from)) {
    const next = text[at + 1]
    if (next === undefined) break
    const bytes = next >= '1' && next <= '3' ? octalBytes(text, at, escape) : []
    plain +=
      text.slice(from, at) + (bytes.length > 0 ? Buffer.from(bytes).toString('utf8') : (LETTERS.get(next) ?? next))
    from = at + Math.max(bytes.length * OCTAL, 2)
  }
  return plain + text.slice(from)
}

/** The bytes that begin at a place, as `\303\253` for ë: a character may take several. */
function octalBytes(text: string, start: number, escape: string): number[] {
  const bytes: number[] = []
  for (let at = start; text[at] === escape; at += OCTAL) {
    const digits = text.slice(at + 1, at + OCTAL)
    if (!/^[1-3][0-7]{2}$/.test(digits)) break
    bytes.push(parseInt(digits, 8))
  }
  return bytes
}

/** Characters of an escape and three digits. */
const OCTAL = 4

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['0', '\0'],
])
