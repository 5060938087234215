import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '../../src/model.ts'
import { MOST_DEPTH, isTooDeep } from '../../src/outside/json-depth.ts'

function depthOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0
  const inner: readonly Json[] = Object.values(value)
  return 1 + Math.max(0, ...inner.map(depthOf))
}

test('a text is too deep where what it stands for is, whatever its strings hold', () => {
  const text = fc.stringMatching(/^[[\]{}"\\a]{0,8}$/)
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      text,
      fc.integer(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, tie('value'), { maxKeys: 4 }),
    ),
  }))
  const wraps = fc.array(fc.constantFrom('list' as const, 'object' as const), { minLength: 90, maxLength: 102 })
  fc.assert(
    fc.property(value, wraps, text, (inner, around, name) => {
      const whole = around.reduce<Json>(
        (within, wrap) => (wrap === 'list' ? [within, name] : { [name]: within }),
        inner,
      )
      expect(isTooDeep(JSON.stringify(whole))).toBe(depthOf(inner) + around.length > MOST_DEPTH)
    }),
  )
})
