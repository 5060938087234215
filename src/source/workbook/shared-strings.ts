import type { Pieces } from '../pieces.ts'
import { readXml } from './read-xml.ts'
import { unescapeText } from './unescape-text.ts'

/** The texts that a workbook's cells refer to by number: most of what it holds. */
export interface SharedStrings {
  /** Undefined where there is no such text. */
  get(index: number): string | undefined
}

/** No text of a cell is longer than 32,767 characters, of three bytes at most. */
const BLOCK_BYTES = 4 * 1024 * 1024

/** Reads the table of shared texts. They are held as bytes outside the heap, which costs eight bytes a text beside its own. */
export async function readSharedStrings(pieces: Pieces): Promise<SharedStrings> {
  const table = new TextTable()
  let text = ''
  let inText = false
  let isPhonetic = false
  const reading = readXml(pieces, {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 't') inText = !isPhonetic
      else if (name === 'rPh') isPhonetic = true
    },
    text(part) {
      if (inText) text += part
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') isPhonetic = false
      else if (name === 'si') table.add(unescapeText(text))
    },
  })
  for await (const _ of reading);
  return table
}

class TextTable implements SharedStrings {
  readonly #blocks: Buffer[] = []
  #used = BLOCK_BYTES
  #count = 0
  #starts = new Uint32Array(1024)
  #lengths = new Uint32Array(1024)

  add(text: string): void {
    const length = Buffer.byteLength(text)
    if (this.#used + length > BLOCK_BYTES) {
      this.#blocks.push(Buffer.allocUnsafe(Math.max(BLOCK_BYTES, length)))
      this.#used = 0
    }
    if (this.#count === this.#starts.length) {
      this.#starts = grow(this.#starts)
      this.#lengths = grow(this.#lengths)
    }
    this.#blocks.at(-1)?.write(text, this.#used)
    this.#starts[this.#count] = (this.#blocks.length - 1) * BLOCK_BYTES + this.#used
    this.#lengths[this.#count] = length
    this.#used += length
    this.#count++
  }

  get(index: number): string | undefined {
    const start = index < this.#count ? this.#starts[index] : undefined
    if (start === undefined) return undefined
    const from = start % BLOCK_BYTES
    return this.#blocks[Math.floor(start / BLOCK_BYTES)]?.toString('utf8', from, from + (this.#lengths[index] ?? 0))
  }
}

function grow(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(numbers.length * 2)
  more.set(numbers)
  return more
}
