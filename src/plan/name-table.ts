/** A name that a text has at a place: what it stands for, and how many characters it takes. */
export interface FoundName {
  readonly value: number
  readonly length: number
}

/**
 * Names by what they stand for, as of months, without regard to case, accents and dots. A name that stands for two things
 * (as in two languages) is none.
 */
export class NameTable {
  readonly #values = new Map<string, number>()
  readonly #ambiguous = new Set<string>()
  /** What words were found to be: a file has few of them. */
  readonly #known = new Map<string, FoundName | undefined>()

  add(name: string, value: number): void {
    const folded = foldName(name)
    if (folded === '' || /^\d/.test(folded) || this.#ambiguous.has(folded)) return
    if ((this.#values.get(folded) ?? value) === value) this.#values.set(folded, value)
    else {
      this.#values.delete(folded)
      this.#ambiguous.add(folded)
    }
  }

  /** The longest name that the text has at this place. */
  findAt(text: string, at: number): FoundName | undefined {
    WORD.lastIndex = at
    const word = WORD.exec(text)?.[0]
    if (word === undefined) return undefined
    if (this.#known.has(word)) return this.#known.get(word)
    const found = this.#find(word)
    if (this.#known.size < 1_000) this.#known.set(word, found)
    return found
  }

  #find(word: string): FoundName | undefined {
    for (let length = word.length; length > 0; length--) {
      if (word.charAt(length - 1) === ' ') continue
      const value = this.#values.get(foldName(word.slice(0, length)))
      if (value !== undefined) return { value, length }
    }
    return undefined
  }
}

/** A word with dots inside, as Thai short names have them; in Vietnamese a month is a word and a number. */
const WORD = /(?:tháng|thg) ?\d{1,2}|[\p{L}\p{M}](?:[\p{L}\p{M}.'’ ]*[\p{L}\p{M}])?/iuy

/** Accents go where letters do without them in capitals and on plain keyboards; vowel signs of Indic and Thai stay. */
function foldName(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f.'’॰\u200e\u200f]/g, '')
    .replaceAll('ı', 'i')
    .trim()
}
