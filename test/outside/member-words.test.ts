import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutAnybody, withoutMember } from '../../src/outside/member-words.ts'

const request = {
  body: {
    profiles: [
      {
        firstName: 'Zoë',
        lastName: 'van der Berg',
        identifiers: [
          { type: 'mobile', value: '491771234037' },
          { type: 'email', value: 'zoe@example.org' },
        ],
        source: 'INSTORE',
      },
    ],
    extendedFields: { city: 'Ulm', born: '1988-05-17', vip: true, points: 75, note: 'a/b c' },
  },
}

test.each([
  ['Customer Zoë van der Berg exists', 'Customer … … exists'],
  ['customer ZOË, BERG', 'customer …, …'],
  ['mobile 491771234037 of +491771234037', 'mobile … of +…'],
  ['blocked: /?q=a%2Fb%20c&n=Zo%C3%AB', 'blocked: /?q=…&n=…'],
  [String.raw`{"firstName":"Zo\u00EB","born":"1988-05-17"}`, '{"firstName":"…","born":"…"}'],
  ['the ulmer in Ulm', 'the ulmer in …'],
  ['The mobile of source INSTORE is true: 75', 'The mobile of source INSTORE is true: 75'],
  ['Customer was given 49177 …', 'Customer was given … …'],
  ['Customer was given 49177', 'Customer was given 49177'],
])('%s', (text, cleaned) => {
  expect(withoutMember(text, request)).toBe(cleaned)
})

test('whatever repeats a value of some length holds it no more, in whichever case', () => {
  // The digit tells it from the API's own words, which stay.
  const value = fc
    .string({ unit: 'grapheme', minLength: 6, maxLength: 20 })
    .filter((text) => text.trim().length >= 6)
    .map((text) => `${text}7`)
  fc.assert(
    fc.property(value, fc.string(), fc.string(), (held, before, behind) => {
      const cleaned = withoutMember(`${before}${held}${behind}`, { name: held })
      expect(cleaned).not.toContain(held.trim())
    }),
  )
})

test('words that may be about anybody lose what may name them', () => {
  expect(withoutAnybody('user m1@example.org, mobile +919800000001, may not (code 4000)')).toBe(
    'user …, mobile …, may not (code 4000)',
  )
})

test('what a member is called stands in no base64 either, wherever it begins', () => {
  const held = { name: 'Canarina', email: 'canary@members.example', street: 'Canary Wharf 17' }
  for (const before of ['', 'a', 'ab']) {
    const encoded = Buffer.from(`${before}${JSON.stringify(held)}`).toString('base64')
    const bytes = Buffer.from(withoutMember(`It was ${encoded}.`, held), 'base64').toString('latin1')
    for (const value of Object.values(held)) expect(bytes).not.toContain(value)
  }
})
