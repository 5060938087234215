/**
 * A text as words are compared by: without spaces, signs and accents, in small letters, and with one form of letters
 * that are typed in several. `N/A` is `na`, `Não tem` is `naotem`, `ﾅｼ` is `ナシ`. Empty where it has neither a letter nor a
 * digit.
 */
export function foldWord(text: string): string {
  return isAscii(text) ? text.replaceAll(/[^A-Za-z0-9]+/g, '').toLowerCase() : foldFully(text)
}

/** Words by their folded form, asked of millions of texts of which hardly any is one. */
export interface Words {
  /** Whether a part of a text, from one place to another, is one of the words. */
  has(text: string, from?: number, to?: number): boolean
  /** Whether it is one of them, of three letters at least, with a number behind. */
  hasNumbered(text: string, from: number, to: number): boolean
}

/** The words of a list with spaces between. */
export function readWords(list: string): Words {
  const words = new Set(list.split(/\s+/).map(foldWord).filter(Boolean))
  const hashes = new Set(Array.from(words, (word) => hashAscii(word, 0, word.length)))
  const starts = new Uint8Array(LETTERS ** STARTING)
  for (const word of words) {
    const start = startOf(word, 0, word.length)
    if (start >= 0) starts[start] = 1
  }
  return {
    has(text, from = 0, to = text.length) {
      const start = startOf(text, from, to)
      if (start >= 0 && starts[start] === 0) return false
      const hash = hashAscii(text, from, to)
      return (hash === NOT_ASCII || hashes.has(hash)) && words.has(foldWord(text.slice(from, to)))
    },
    hasNumbered(text, from, to) {
      const start = startOf(text, from, to)
      if (start >= 0 && starts[start] === 0) return false
      const hash = hashAscii(text, from, behindLetters(text, from, to))
      if (hash !== NOT_ASCII && !hashes.has(hash)) return false
      const folded = foldWord(text.slice(from, to))
      const word = folded.replace(/\d+$/, '')
      return word !== folded && words.has(word)
    },
  }
}

/**
 * A number for the first three letters or digits of what the folded text will be; negative where they are fewer, or not all
 * of ASCII. They tell nearly every text from all words of a list, whatever follows.
 */
function startOf(text: string, from: number, to: number): number {
  let start = 0
  let count = 0
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code > 126) return -1
    const letter = LETTER[code] as number
    if (letter === NO_LETTER) continue
    start = start * LETTERS + letter
    count += 1
    if (count === STARTING) return start
  }
  return -1
}

const STARTING = 3
const NO_LETTER = 255
const LETTERS = 36
/** By ASCII character: its value as a digit of base 36, which is that of a capital too. */
const LETTER = Uint8Array.from({ length: 127 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 36)
  return Number.isNaN(value) ? NO_LETTER : value
})

/** Where the last character stands that is neither a digit nor a sign of ASCII. */
function behindLetters(text: string, from: number, to: number): number {
  let end = to
  while (end > from && !isLetterOrOther(text.charCodeAt(end - 1))) end--
  return end
}

function isLetterOrOther(code: number): boolean {
  return code > 126 || (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

/** A hash of what the folded text will be, without making it; `NOT_ASCII` where it takes more than letters and digits of ASCII. */
function hashAscii(text: string, from: number, to: number): number {
  let hash = 0
  for (let at = from; at < to; at++) {
    let code = text.charCodeAt(at)
    if (code >= 65 && code <= 90) code += 32
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) hash = (Math.imul(hash, 31) + code) | 0
    else if (code > 126) return NOT_ASCII
  }
  return hash
}

const NOT_ASCII = -1

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 126) return false
  return true
}

/** Names and cities come again and again; of longer texts, a part may keep the whole that it was cut from. */
const folded = new Map<string, string>()
const LONGEST_KEPT = 12
const MOST_KEPT = 1_000

function foldFully(text: string): string {
  const known = folded.get(text)
  if (known !== undefined) return known
  const word = foldEach(text)
  if (text.length <= LONGEST_KEPT) {
    if (folded.size === MOST_KEPT) folded.clear()
    folded.set(text, word)
  }
  return word
}

function foldEach(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .normalize('NFD')
      .replaceAll(/[^\p{L}\p{N}]|\u0640/gu, '')
      // Korean syllables, which were taken apart with the accents, in one piece: 시 is no part of 신.
      .normalize('NFC')
      .replaceAll(/[ıđøłςىیک]/gu, (letter) => SAME.get(letter) ?? letter)
  )
}

/** Letters that no decomposition brings together: dotless i, strokes, final sigma, Arabic and Persian yeh and kaf. */
const SAME = new Map([
  ['ı', 'i'],
  ['đ', 'd'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['ς', 'σ'],
  ['ى', 'ي'],
  ['ی', 'ي'],
  ['ک', 'ك'],
])
