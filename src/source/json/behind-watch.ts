import { isAboutData } from './find-lists.ts'
import type { ListShape } from './find-shape.ts'

/**
 * Looks through what stands behind a list within an object: for another list of objects, whose records would be lost, and for
 * the end of the objects around it.
 */
export class BehindWatch {
  readonly #path: string
  #isFound: boolean
  /** Objects that are still to be closed. */
  #open: number
  #inString = false
  #isEscaped = false
  /** A list was opened, and nothing but white space has followed. */
  #isOpened = false
  /** The last string, as far as it may be a key. */
  #string = ''

  constructor({ path, around, isSettled }: Pick<ListShape, 'path' | 'around' | 'isSettled'>) {
    this.#path = path
    this.#isFound = isSettled
    this.#open = around
  }

  get isClosed(): boolean {
    return this.#open <= 0
  }

  get problem(): string {
    return (
      `another list of objects stands behind \`${this.#path}\`, whose records were read. Say in the plan which list holds the members (\`rows: { path: ${this.#path} }\`), ` +
      'and import the other one by itself.'
    )
  }

  /** Sees the next bytes; the place among them where such a list begins, the first time that one does. */
  see(bytes: Buffer): number | undefined {
    let found: number | undefined
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0
      if (this.#inString) this.#seeInString(byte)
      else if (this.#seeOutside(byte) && !this.#isFound) {
        this.#isFound = true
        found = at
      }
    }
    return found
  }

  /** True where the byte begins the first object of a list. */
  #seeOutside(byte: number): boolean {
    const begins = byte === OPENING_BRACE && this.#isOpened && !isAboutData(this.#string)
    if (byte === QUOTE) {
      this.#inString = true
      this.#string = ''
    } else if (byte === OPENING_BRACE) this.#open++
    else if (byte === CLOSING_BRACE) this.#open--
    if (byte > SPACE) this.#isOpened = byte === OPENING_BRACKET
    return begins
  }

  #seeInString(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false
    else if (byte === BACKSLASH) this.#isEscaped = true
    else if (byte === QUOTE) this.#inString = false
    else if (this.#string.length < LONGEST_KEY) this.#string += String.fromCharCode(byte)
  }
}

const SPACE = 0x20
const QUOTE = 0x22
const OPENING_BRACKET = 0x5b
const BACKSLASH = 0x5c
const OPENING_BRACE = 0x7b
const CLOSING_BRACE = 0x7d
const LONGEST_KEY = 64
