import { describe, expect, test } from 'vitest'
import { classifyRegister } from '../../src/lanes/register/classify-register.ts'
import { parseJson } from '../../src/capillary/parse-json.ts'
import { readEnvelope } from '../../src/capillary/read-envelope.ts'
import { reply } from './replies.ts'

const context = { ambiguous: false, onExists: 'ok' } as const

describe('an answer that is nested without end', () => {
  test.each([
    ['in its errors', `{"errors":${'{"error":'.repeat(60_000)}1${'}'.repeat(60_001)}`],
    [
      'in a side effect',
      `{"createdId":5,"sideEffects":[{"type":"odd","v":${'['.repeat(60_000)}${']'.repeat(60_000)}}]}`,
    ],
    ['with an id of many digits', `{"createdId":12345678901234567890,"x":${'['.repeat(101)}${']'.repeat(101)}}`],
  ])('cannot be read, and is tried again as such: %s', (_where, text) => {
    expect(readEnvelope(text)).toMatchObject({ kind: 'none', why: 'JSON nested more than 100 deep' })
    for (const status of [200, 500]) {
      const verdict = { kind: 'retry', ambiguous: true, scope: 'row' }
      expect(classifyRegister(reply(status, text), context)).toMatchObject(verdict)
    }
    expect(classifyRegister(reply(429, text), context).kind).toBe('throttled')
  })
})

test('what no text holds is replaced, in values and in names', () => {
  const text = String.raw`{"a\u0000":"x\u0000y","b":["\ud83d","\ud83d\ude00",1,null]}`
  expect(parseJson(text)?.value).toEqual({ 'a\uFFFD': 'x\uFFFDy', b: ['\uFFFD', '\u{1F600}', 1, null] })
})

test('words of the API are cut, cleaned and counted', () => {
  const errors = Array.from({ length: 5_000 }, (_, index) => ({
    code: 8_003,
    message: `${index} ${'x'.repeat(32_000)}`,
  }))
  const verdict = classifyRegister(reply(500, { errors: errors.slice(0, 60) }), context)
  if (verdict.kind !== 'final') throw new Error(`a refusal was expected, not ${verdict.kind}`)
  expect(verdict.message).toMatch(/^0 x+ …$/)
  expect(verdict.warnings).toHaveLength(49)
  expect(JSON.stringify(verdict).length).toBeLessThan(60_000)
  expect(
    classifyRegister(reply(500, { errors: { code: 8_003, message: 'no \u001B[2J\r\nway' } }), context),
  ).toMatchObject({
    message: 'no \uFFFD[2J way',
  })
})

test('a side effect that is longer than can be kept is kept as a beginning', () => {
  const effects = Array.from({ length: 60 }, () => ({ type: 'odd', text: 'y'.repeat(100_000) }))
  const verdict = classifyRegister(reply(200, { createdId: 5, sideEffects: effects }), context)
  if (verdict.kind !== 'final') throw new Error('a success was expected')
  expect(verdict.sideEffects).toHaveLength(50)
  expect(verdict.sideEffects[0]).toMatchObject({
    kind: 'unknown',
    type: 'odd',
    raw: expect.stringMatching(/^\{"type":"odd","text":"y+ …$/),
  })
})
