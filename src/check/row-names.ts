import { GrowingWords } from './growing-words.ts'

/**
 * The names of the rows' members, as 16 bits of a hash each: 2 bytes a row. One pair of different names of 65,536 is taken
 * for the same.
 */
export class RowNames {
  readonly #names = new GrowingWords()

  /** `name`: of `hashName`. */
  keep(row: number, name: number): void {
    if (name === 0) return
    const at = row >>> 1
    this.#names.set(at, this.#names.at(at) | (name << shiftOf(row)))
  }

  /** Whether both rows have a name, and not the same. */
  areOther(row: number, other: number): boolean {
    const [name, otherName] = [this.#of(row), this.#of(other)]
    return name !== 0 && otherName !== 0 && name !== otherName
  }

  #of(row: number): number {
    return (this.#names.at(row >>> 1) >>> shiftOf(row)) & HALF
  }
}

/**
 * 16 bits that stand for a name; 0 where it has none. Alike are `Zoë Müller`, `MUELLER, Zoe` and `zoe muller`: only letters
 * count, whatever their case and marks, and the parts in any order.
 */
export function hashName(parts: readonly string[]): number {
  let sum = 0
  for (const part of parts) sum += hashLetters(part)
  // What has a name is never taken for what has none.
  return parts.length === 0 ? 0 : (sum ^ (sum >>> 16)) & HALF || 1
}

/** FNV-1a of a text's letters. */
function hashLetters(text: string): number {
  let hash = 0x811c9dc5
  let before = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 127) return hashLetters(withoutMarks(text))
    const letter = code | 32
    if (letter < A || letter > Z) continue
    // `ue` is how many write `ü`.
    const isUmlaut = letter === E && (before === A || before === O || before === U)
    before = letter
    if (!isUmlaut) hash = Math.imul(hash ^ letter, 0x01000193)
  }
  return hash
}

/** In ASCII, other scripts' letters by their number. */
function withoutMarks(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(
      /[^\0-\x7f]/gu,
      (sign) => OTHERS[sign] ?? (/\p{L}/u.test(sign) ? letters(sign.codePointAt(0) ?? 0) : ''),
    )
}

/** Letters that have no form with a mark. */
const OTHERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'a',
  œ: 'o',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

/** A number in letters, none of which are taken for an umlaut. */
function letters(code: number): string {
  return code.toString(16).replaceAll(/./g, (digit) => String.fromCharCode(102 + Number.parseInt(digit, 16)))
}

const A = 97
const E = 101
const O = 111
const U = 117
const Z = 122
const HALF = 0xffff

function shiftOf(row: number): number {
  return (row & 1) * 16
}
