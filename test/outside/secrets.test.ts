import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutText } from '../../src/outside/cut-text.ts'
import { keepSecrets } from '../../src/outside/secrets.ts'

const SECRET = 's3cr&t/"of <ours>+'

describe('a secret', () => {
  test.each([
    ['in plain', SECRET],
    ['within JSON', JSON.stringify({ secret: SECRET })],
    ['within JSON of PHP', JSON.stringify(SECRET).replaceAll('/', '\\/')],
    [
      'within JSON of Go',
      JSON.stringify(SECRET).replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e'),
    ],
    ['within a URL', `https://example.org/?s=${encodeURIComponent(SECRET)}&x=1`],
    ['within a form', new URLSearchParams({ secret: SECRET }).toString()],
    ['within HTML', '<b>s3cr&amp;t/&quot;of &lt;ours&gt;+</b>'],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64 for URLs', Buffer.from(SECRET).toString('base64url')],
  ])('is taken out %s', (_where, text) => {
    const concealed = keepSecrets([SECRET]).conceal(`before ${text} behind`)
    expect(concealed).toMatch(/^before .*\*\*\*.* behind$/)
    for (const part of ['s3cr', 'ours', 'czNjc']) expect(concealed).not.toContain(part)
  })

  test('leaves nothing of itself in base64, whatever stands around it', () => {
    const secret = fc.string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 30 })
    const around = fc.string({ maxLength: 5 })
    fc.assert(
      fc.property(secret, around, around, fc.constantFrom('base64', 'base64url'), (word, before, behind, how) => {
        const text = Buffer.from(`${before}${word}${behind}`).toString(how)
        const left = keepSecrets([word]).conceal(text)
        expect(left).toContain('***')
        expect(Buffer.from(left.split('***')[0] ?? '', how).toString()).not.toContain(word.slice(0, 6))
      }),
    )
  })

  test('is taken out whole where another is its beginning, or within it', () => {
    const { conceal } = keepSecrets(['abcdefgh', 'abcdefgh-12345678', 'zz-abcdefgh-zz'])
    expect(conceal('abcdefgh-12345678 zz-abcdefgh-zz abcdefgh')).toBe('*** *** ***')
  })
})

describe('a secret of a few letters', () => {
  test.each([
    ['demo', 'demo key: a demonstration of demo-keys', '*** key: a demonstration of ***-keys'],
    ['any', 'is there any? "any" key=any, key: any', 'is there any? "***" key=***, key: ***'],
    ['a', 'a bad "a" and a=a', 'a bad "***" and a=***'],
    ['', 'nothing', 'nothing'],
  ])('leaves words alone: %s', (secret, text, concealed) => {
    expect(keepSecrets([secret]).conceal(text)).toBe(concealed)
  })
})

test('tokens are added as they come, and the latest are remembered', () => {
  const secrets = keepSecrets(['the-key-of-all'])
  for (let token = 1; token <= 20; token++) secrets.add(`token-number-${token}-`)
  secrets.add('token-number-20-')
  expect(secrets.conceal('token-number-20- token-number-13- the-key-of-all token-number-1-')).toBe(
    '*** *** *** token-number-1-',
  )
})

test('a secret is taken out wherever a text was cut within it', () => {
  const secret = 'canary:of/the+account'
  const { conceal } = keepSecrets([secret])
  const texts = [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)]
  for (const text of texts) {
    for (let most = 10; most < 60; most++) {
      const told = conceal(cutText(`It was: ${text}, and more words than there is room for`, most))
      expect(told).not.toContain(text.slice(0, 5))
    }
  }
  expect(conceal(cutText('Nothing of it stands here', 12))).toBe('Nothing of …')
})
