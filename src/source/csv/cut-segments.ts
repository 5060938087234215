import type { Pieces } from '../pieces.ts'
import type { Place } from '../place.ts'
import { STANDARD } from './csv-dialect.ts'
import type { CsvRest } from './csv-rest.ts'

/** Rows of a CSV file that stand behind each other: what one reader reads in one go. */
export interface Segment {
  readonly at: Place
  readonly bytes: number
  /**
   * Where the next one begins if all is as it looks: counted by line ends and quotes, without reading a record. Undefined
   * behind the last one, and where no end of a row was found.
   */
  readonly next: Place | undefined
  readonly isLast: boolean
}

/** Cuts the rest of a CSV file into segments, each of which ends with a line that seems to be the end of a row. */
export class SegmentCutter {
  readonly #pieces: Pieces
  readonly #quote: number
  #place: Place
  /** Bytes that were read, and are not yet in a segment. */
  #ahead: Buffer
  #isAtEnd = false

  constructor({ place, waiting, options }: CsvRest, pieces: Pieces) {
    this.#pieces = pieces
    this.#place = place
    this.#ahead = Buffer.from(waiting)
    this.#quote = (options.dialect ?? STANDARD).quote?.charCodeAt(0) ?? NO_QUOTE
  }

  /** Where the next one begins. */
  get place(): Place {
    return this.#place
  }

  /** Puts the next segment into `into`; undefined behind the last one. Rejects as the pieces do. */
  async next(into: Buffer): Promise<Segment | undefined> {
    if (this.#isAtEnd) return undefined
    const scan = new LineScan(this.#place, this.#quote)
    let length = 0
    while (length < into.length) {
      if (this.#ahead.length === 0) {
        const next = await this.#pieces.next()
        if (next.done === true) {
          this.#isAtEnd = true
          return { at: this.#place, bytes: length, next: undefined, isLast: true }
        }
        this.#ahead = next.value
      }
      const taken = this.#ahead.copy(into, length)
      this.#ahead = this.#ahead.subarray(taken)
      scan.see(into, length, length + taken)
      length += taken
    }
    const { end } = scan
    if (end === undefined) return { at: this.#place, bytes: length, next: undefined, isLast: false }
    const bytes = end.offset - this.#place.offset
    this.#ahead = Buffer.concat([into.subarray(bytes, length), this.#ahead])
    const segment = { at: this.#place, bytes, next: end, isLast: false }
    this.#place = end
    return segment
  }

  /** What is behind the segments that were given. */
  async *rest(): Pieces {
    if (this.#ahead.length > 0) yield this.#ahead
    if (!this.#isAtEnd) yield* this.#pieces
  }
}

const NO_QUOTE = -1
const TAB = 9
const LF = 10
const CR = 13
const SPACE = 32

/** Counts rows and lines, by quotes as RFC 4180 has them: where a file is otherwise, who reads its rows finds out. */
class LineScan {
  /** Behind the last row. */
  end: Place | undefined
  readonly #offset: number
  readonly #quote: number
  #row: number
  #line: number
  #isOpen = false
  #isBlank = true

  constructor({ row, line, offset }: Place, quote: number) {
    this.#row = row
    this.#line = line
    this.#offset = offset
    this.#quote = quote
  }

  see(bytes: Buffer, from: number, to: number): void {
    const quote = this.#quote
    let isOpen = this.#isOpen
    let isBlank = this.#isBlank
    for (let at = from; at < to; at++) {
      const byte = bytes[at]
      if (byte === LF) {
        this.#line += 1
        if (isOpen) continue
        if (!isBlank) this.#row += 1
        this.end = { row: this.#row, line: this.#line, offset: this.#offset + at + 1, afterBlank: isBlank }
        isBlank = true
      } else if (byte === quote) {
        isOpen = !isOpen
        isBlank = false
      } else if (isBlank && byte !== SPACE && byte !== TAB && byte !== CR) isBlank = false
    }
    this.#isOpen = isOpen
    this.#isBlank = isBlank
  }
}
