import { styleText } from 'node:util'
import { printable } from './printable.ts'

/** What a part of a line is, so that a terminal may show it: a verdict, or how much it matters. */
export type Style = 'good' | 'doubtful' | 'bad' | 'active' | 'minor' | 'strong'

/** A part of a line. Its text may come from outside: it is made harmless when it is painted. */
export interface Span {
  readonly text: string
  readonly style?: Style | undefined
}

/** A line as a screen shows it. */
export type Line = string | readonly Span[]

const FORMATS = {
  good: 'green',
  doubtful: 'yellow',
  bad: 'red',
  active: 'cyan',
  minor: 'dim',
  strong: 'bold',
} as const

/** A line for a stream: in colour where it is a terminal that has them, and nothing (NO_COLOR, TERM=dumb) speaks against it. */
export function paint(line: Line, stream: NodeJS.WritableStream): string {
  return spansOf(line)
    .map(({ text, style }) => {
      const shown = printable(text)
      return style === undefined ? shown : styleText(FORMATS[style], shown, { stream })
    })
    .join('')
}

/** A line without its colours, harmless as well. */
export function plain(line: Line): string {
  return spansOf(line)
    .map(({ text }) => printable(text))
    .join('')
}

export function spansOf(line: Line): readonly Span[] {
  return typeof line === 'string' ? [{ text: line }] : line
}

/** The columns that a text takes in a terminal, about: East Asian letters and pictures take two. */
export function columnsOf(text: string): number {
  const wide = text.match(WIDE)?.length ?? 0
  return Array.from(text).length + wide
}

const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/gu

/** Pieces beside each other, with two spaces between them, in as many lines of `width` columns as it takes; none is cut. */
export function flow(pieces: readonly Line[], width: number, indent = ''): readonly Line[] {
  const lines: Span[][] = []
  let left = 0
  for (const piece of pieces) {
    const columns = columnsOf(plain(piece))
    const current = lines.at(-1)
    if (current !== undefined && left >= columns + GAP.length) {
      current.push({ text: GAP }, ...spansOf(piece))
      left -= columns + GAP.length
    } else {
      const before = current === undefined ? '' : indent
      lines.push([...(before === '' ? [] : [{ text: before }]), ...spansOf(piece)])
      left = width - columns - before.length
    }
  }
  return lines
}

const GAP = '  '

/** A text in so many columns at most. */
export function fit(text: string, width: number): string {
  if (columnsOf(text) <= width) return text
  let cut = ''
  for (const letter of text) {
    if (columnsOf(cut) + columnsOf(letter) > width - 1) break
    cut += letter
  }
  return `${cut}…`
}
