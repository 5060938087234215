import { type Line, columnsOf, paint, plain } from './span.ts'

/** A terminal that is written to. */
export type Terminal = NodeJS.WritableStream & { readonly columns?: number }

/**
 * Lines at the bottom of a terminal that are drawn again and again, with what is said meanwhile above them. They are
 * made anew for the width that the terminal has at that moment.
 */
export class LiveArea {
  readonly #out: Terminal
  #drawn: readonly number[] = []

  constructor(out: Terminal) {
    this.#out = out
  }

  /** Columns that a line may take: the last one stays free, as some terminals begin a new line behind it. */
  get width(): number {
    return Math.max(this.#columns - 1, 20)
  }

  /** A terminal that has not said how wide it is says 0. */
  get #columns(): number {
    const { columns = 0 } = this.#out
    return columns > 0 ? columns : 80
  }

  draw(lines: readonly Line[]): void {
    this.#out.write(this.#erasing() + lines.map((line) => paint(line, this.#out)).join('\n'))
    this.#drawn = lines.map((line) => columnsOf(plain(line)))
  }

  /** Says something for good, above what is drawn next. */
  say(text: string): void {
    this.#out.write(`${this.#erasing()}${text}\n`)
    this.#drawn = []
  }

  /** What is drawn stays as it is. */
  keep(): void {
    if (this.#drawn.length > 0) this.#out.write('\n')
    this.#drawn = []
  }

  erase(): void {
    this.#out.write(this.#erasing())
    this.#drawn = []
  }

  /** Up to where the first of the lines begins, and away with all below. A terminal that was made narrower has broken them. */
  #erasing(): string {
    const columns = this.#columns
    const rows = this.#drawn.reduce((sum, length) => sum + Math.max(Math.ceil(length / columns), 1), 0)
    return `\r${rows > 1 ? `\u001B[${rows - 1}A` : ''}\u001B[J`
  }
}
