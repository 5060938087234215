import { TextDecoder } from '@exodus/bytes/encoding.js'
import { scriptOf } from './alphabets.ts'
import type { Script, ScriptName } from './alphabets.ts'
import { doubleByteTables } from './double-byte-tables.ts'

/**
 * Code pages of one byte a character: what they are for, and how much rarer than the first each is among files, as a
 * logarithm. Where two read a text alike, the first is meant.
 */
const ONE_BYTE: readonly (readonly [encoding: string, script: ScriptName, rarity: number])[] = [
  ['windows-1252', 'western', 0],
  ['windows-1250', 'central', -2],
  ['windows-1251', 'cyrillic', -2],
  ['windows-1253', 'greek', -2],
  ['windows-1254', 'turkish', -2],
  ['windows-1255', 'hebrew', -2],
  ['windows-1256', 'arabic', -2],
  ['windows-1257', 'baltic', -4],
  ['windows-874', 'thai', -4],
  ['iso-8859-15', 'western', -4],
  ['iso-8859-2', 'central', -4],
  ['iso-8859-5', 'cyrillic', -6],
  ['iso-8859-7', 'greek', -4],
  ['koi8-r', 'cyrillic', -5],
  ['ibm866', 'cyrillic', -6],
  ['macintosh', 'western', -6],
]

export interface Scored {
  /** The encoding in which the text reads best; undefined where it reads well in none. */
  readonly best: string | undefined
  /** Those that read it otherwise and nearly as well, the best among them. Empty: the best is beyond doubt. */
  readonly rivals: readonly string[]
}

/**
 * Scores in which code page bytes read best: how probable its letters are, in any one language for each cell. A cell
 * that stands in the text many times counts once.
 */
export function scoreEncodings(bytes: Buffer): Scored {
  const cells = cellsOf(bytes)
  const scores = [
    ...ONE_BYTE.map(([encoding, name, rarity]) => {
      const script = scriptOf(name)
      return scoreIn(encoding, { cells, rarity, scoreText: (text) => scoreWords(text, script) })
    }),
    ...doubleByteTables().map(({ encoding, weights: table }) =>
      scoreIn(encoding, { cells, rarity: 0, scoreText: (text) => scoreCharacters(text, table) }),
    ),
  ].toSorted((a, b) => b.score - a.score)
  const [best] = scores
  if (best === undefined || best.score < best.characters * LEAST_A_CHARACTER - SURE)
    return { best: undefined, rivals: [] }
  const near = scores.filter(({ score, reading }) => best.score - score < SURE && reading !== best.reading)
  return {
    best: best.encoding,
    rivals: near.length === 0 ? [] : [best, ...near].slice(0, 3).map((each) => each.encoding),
  }
}

interface Score {
  readonly encoding: string
  /** The logarithm of how probable the text is: the nearer to 0, the better. */
  readonly score: number
  readonly characters: number
  readonly reading: string
}

function scoreIn(
  encoding: string,
  { cells, rarity, scoreText }: { cells: readonly Buffer[]; rarity: number; scoreText: (text: string) => number },
): Score {
  const decoder = new TextDecoder(encoding)
  const texts = cells.map((cell) => decoder.decode(cell))
  const reading = texts.join('\n')
  const characters = reading.match(BEYOND_ASCII)?.length ?? 0
  return { encoding, score: texts.reduce((sum, text) => sum + scoreText(text), rarity), characters, reading }
}

/** The different cells that hold bytes beyond ASCII. What divides them occurs in no character of two bytes. */
function cellsOf(bytes: Buffer): Buffer[] {
  const cells = new Set<string>()
  for (const [cell] of bytes.toString('latin1').matchAll(/[\x40-\xFF]*[\x80-\xFF][\x40-\xFF]*/g)) {
    cells.add(cell)
    if (cells.size === MOST_CELLS) break
  }
  return [...cells].map((cell) => Buffer.from(cell, 'latin1'))
}

function scoreCharacters(text: string, table: ReadonlyMap<string, number>): number {
  let score = 0
  // Banks and tills write half-width kana, with no Latin letters beside them.
  const rest = text.replaceAll(HALF_WIDTH, (kana) => {
    score += kana.length * RARE
    return ''
  })
  for (const character of rest)
    if (character > '\x7F') score += FULL_WIDTH.test(character) ? FAIR : (table.get(character) ?? UNLIKELY)
  return score
}

function scoreWords(text: string, script: Script): number {
  let score = 0
  // To Unicode, what stands in `Nº` and `2ª` is a letter.
  const ordinals = text.match(ORDINAL)?.length ?? 0
  const rest = ordinals === 0 ? text : text.replaceAll(ORDINAL, '')
  score += ordinals * COMMON
  for (const [word] of rest.matchAll(WORD)) score += scoreWord(word, script)
  // In another code page, the same bytes are a letter alone there.
  score += (rest.match(IN_PLACE_OF_ORDINAL)?.length ?? 0) * UNLIKELY
  for (const sign of rest.matchAll(SIGN)) score += LIKELY_SIGNS.has(sign[0]) ? RARE : UNLIKELY
  return score
}

/** A word belongs to one language, and its capitals stand at its start, or all over it. */
function scoreWord(word: string, { alphabets, latin }: Script): number {
  const lower = word.toLowerCase()
  const tail = word.slice(1)
  const cased = word === word.toUpperCase() || tail === tail.toLowerCase()
  const letters = lower.match(BEYOND_ASCII) ?? []
  const mixed = letters.length < lower.length
  const foreign = mixed && !latin ? UNLIKELY : 0
  const best = Math.max(
    ...alphabets.map((weights) => letters.reduce((sum, letter) => sum + (weights.get(letter) ?? UNLIKELY), foreign)),
  )
  return best + (cased ? 0 : UNLIKELY)
}

const WORD = /[\p{L}\p{M}]*(?:\P{ASCII}(?<=[\p{L}\p{M}]))[\p{L}\p{M}]*/gu
/** What divides cells here are also the digits of `2ª`. */
const ORDINAL = /(?<=^|(?<!\p{L})N)[ºª°](?!\p{L})/gu
const IN_PLACE_OF_ORDINAL = /(?<=^|(?<!\p{L})N)[şŞŗŖ](?!\p{L})/gu
/** Digits, letters and signs as wide as a Chinese character, the space, and what makes a vowel of Japanese long. */
const FULL_WIDTH = /[\u3000\u30FC\uFF01-\uFF5E\u2212]/u
const HALF_WIDTH = /(?<![A-Za-z])[\uFF61-\uFF9F]{2,}(?![A-Za-z])/gu
const SIGN = /(?![\p{L}\p{M}])\P{ASCII}/gu
const BEYOND_ASCII = /\P{ASCII}/gu
const LIKELY_SIGNS = new Set('‘’“”„–—…€«»°ºª¿¡·№\u00A0')
const COMMON = -2
const FAIR = -4
const RARE = -5
const UNLIKELY = -12
/** So much more probable (a factor of e to the 12th) is beyond doubt. */
const SURE = 12
const LEAST_A_CHARACTER = -9
const MOST_CELLS = 3000
