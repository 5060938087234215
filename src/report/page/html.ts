/** A piece of a page: text that is HTML already. Made by `html` alone. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in a template. Nothing is written for `undefined` and `false`. */
export type Piece = string | number | Html | undefined | false | readonly Piece[]

/** A template whose values are escaped, unless they are pieces of a page themselves. */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  let written = texts[0] ?? ''
  for (const [index, piece] of pieces.entries()) written += write(piece) + (texts[index + 1] ?? '')
  return new Html(written)
}

/** Text of our own that is HTML or CSS as it stands. Never for anything that a file or the API brought. */
export function trusted(text: string): Html {
  return new Html(text)
}

function write(piece: Piece): string {
  if (piece === undefined || piece === false) return ''
  if (piece instanceof Html) return piece.text
  if (typeof piece === 'object') return piece.map(write).join('')
  return String(piece).replace(special, (found) => entities[found] ?? '\uFFFD')
}

/** Control characters are none of a page's, and whoever prints it on a terminal would have them obeyed. */
// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const special = /[&<>"'\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/gu
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
