import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldWord, readWords } from '../../src/plan/fold-word.ts'

const LIST = ['none', 'n/a', 'x', 'não tem', 'ナシ', 'i-1', 'noemail']
const SIGNS = 'nNoOaAxXiI1 /-.éﾅｼ１\u0301'
const words = readWords(LIST.map(foldWord).join(' '))
/** Of three letters at least, and without digits. */
const NAMES = ['none', 'noemail', 'ナシ']
const names = readWords(NAMES.join(' '))
const folded = new Set(LIST.map(foldWord))

/** Texts that are a word, nearly one, or have a word's letters with others between. */
const texts = fc
  .array(fc.oneof(fc.constantFrom(...LIST, ...SIGNS.split('')), fc.string({ unit: 'grapheme' })), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''))

test('a text is one of the words where its folded form is, at whichever place of another text it stands', () => {
  fc.assert(
    fc.property(texts, texts, (text, around) => {
      expect(words.has(text)).toBe(folded.has(foldWord(text)))
      expect(words.has(`${around}@${text}@${around}`, around.length + 1, around.length + 1 + text.length)).toBe(
        words.has(text),
      )
    }),
    { numRuns: 2_000 },
  )
})

test('a text is a word with a number behind where its folded form is', () => {
  const numbered = fc.tuple(texts, fc.constantFrom('', '7', '-12', '1２', ' 0.', '3x'))
  fc.assert(
    fc.property(numbered, ([text, behind]) => {
      const name = text + behind
      const found = /^(.*\D)(\d+)$/u.exec(foldWord(name))
      expect(names.hasNumbered(name, 0, name.length)).toBe(found !== null && NAMES.includes(found[1] ?? ''))
    }),
    { numRuns: 2_000 },
  )
})
