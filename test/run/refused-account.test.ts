import { expect, test } from 'vitest'
import type { Outcome } from '../../src/model.ts'
import { RefusedAccount } from '../../src/run/refused-account.ts'
import { outcome } from '../ledger/samples.ts'

const refused = (row: number, code = 8014, more: Partial<Outcome> = {}) =>
  outcome(row, { lane: 'register-v1', result: 'rejected', status: 'rejected', code, message: 'no', ...more })
const many = (count: number, code = 8014) => Array.from({ length: count }, (_, at) => refused(at + 1, code))

test.each([8014, 91_020])('where the first twenty rows all have code %d, the run halts', (code) => {
  const watch = new RefusedAccount()
  expect(watch.see(many(19, code))).toBeUndefined()
  expect(watch.see([refused(20, code)])).toEqual({
    reason: expect.stringContaining(String(code)),
    remedy: expect.stringContaining('resume'),
  })
})

test.each<[string, Outcome]>([
  ['went through', outcome(1, { lane: 'register-v1' })],
  ['has another code of the kind', refused(1, 91_020)],
  ['has a code of its own', refused(1, 1001)],
])('not where one of them %s', (_what, other) => {
  for (const at of [0, 5]) {
    const watch = new RefusedAccount()
    expect(watch.see([...many(19).slice(0, at), other, ...many(30)])).toBeUndefined()
  }
})

test('rows that were not sent, and other lanes, say nothing', () => {
  const watch = new RefusedAccount()
  const unsent = outcome(1, { lane: 'register-v1', result: 'invalid', status: 'invalid', attempts: 0 })
  expect(watch.see([unsent, outcome(2), ...many(19)])).toBeUndefined()
  expect(watch.see([unsent, refused(20)])).toBeDefined()
  expect(new RefusedAccount().see(many(30).map((one) => ({ ...one, lane: 'register' })))).toBeUndefined()
})
