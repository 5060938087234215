import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { html, trusted } from '../../src/report/page/html.ts'

test('values are escaped, pieces are not, and nothing is written for what is not there', () => {
  const piece = html`<b title="${`"'`}">${'<script>&'}</b>`
  expect(piece.text).toBe('<b title="&quot;&#39;">&lt;script&gt;&amp;</b>')
  expect(html`${[piece, 1, false, undefined, ['a', trusted('<i>')]]}`.text).toBe(`${piece.text}1a<i>`)
})

test('whatever a value holds, it opens no tag, closes no attribute, and commands no terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      expect(html`${value}`.text).not.toMatch(/[<>"']|(?![\t\n\r])\p{Cc}/u)
    }),
  )
  expect(html`${'a\u001B[2J.csv\n'}`.text).toBe('a�[2J.csv\n')
})
