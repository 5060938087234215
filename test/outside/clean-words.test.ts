import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanWords } from '../../src/outside/clean-words.ts'
import { cutText } from '../../src/outside/cut-text.ts'
import { isTooDeep } from '../../src/outside/json-depth.ts'

test.each([
  ['no such member', 'no such member'],
  ['  two\r\n lines\tand\u0085one ', 'two lines and one'],
  ['no \u001B[2J\u0007bell', 'no \uFFFD[2J\uFFFDbell'],
  ['a\0b\uD83Dc', 'a\uFFFDb\uFFFDc'],
  ['\u{1F600}', '\u{1F600}'],
])('words from outside are one line without control characters: %j', (text, clean) => {
  expect(cleanWords(text)).toBe(clean)
})

test('words are cut where they are long, with a mark, and cost what is left', () => {
  expect(cleanWords('x'.repeat(1_000))).toBe('x'.repeat(1_000))
  expect(cleanWords('x'.repeat(1_001))).toBe(`${'x'.repeat(998)} …`)
  // Of what is cut off nothing is looked at, so it may be as long as a reply can be.
  expect(cleanWords(`${' '.repeat(2_000)}x${' '.repeat(2 ** 24)}y`)).toBe('x …')
  expect(cutText('two words', 7)).toBe('two w …')
})

test('no cut leaves half a character, or more than it may', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ' ', '\u{1F600}', '\n', '\uFFFD') })
  fc.assert(
    fc.property(text, fc.integer({ min: 3, max: 20 }), (words, most) => {
      for (const cut of [cutText(words, most), cleanWords(words, most)]) {
        expect(cut.length).toBeLessThanOrEqual(most)
        expect(cut.isWellFormed()).toBe(true)
      }
      if (words.length <= most) expect(cutText(words, most)).toBe(words)
    }),
  )
})

test('a JSON text is too deep exactly where its value is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.integer({ min: 90, max: 105 }), (value, around) => {
      const text = `${'['.repeat(around)}${JSON.stringify(value)}${']'.repeat(around)}`
      expect(isTooDeep(text)).toBe(depthOf(JSON.parse(text)) > 100)
    }),
  )
})

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}
