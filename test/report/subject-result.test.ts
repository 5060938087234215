import { expect, test } from 'vitest'
import type { Result } from '../../src/model.ts'
import { subjectResult } from '../../src/report/subject-result.ts'

/** What `_register` and `_link` say of a row with these results. */
function columnsOf(results: Readonly<Record<string, Result>>): readonly [Result | undefined, Result | undefined] {
  const outcomes = Object.fromEntries(Object.entries(results).map(([lane, result]) => [lane, { result }]))
  return [subjectResult('record', outcomes), subjectResult('links', outcomes)]
}

test.for<[string, Readonly<Record<string, Result>>, ReturnType<typeof columnsOf>]>([
  ['nothing asked, or all open', {}, [undefined, undefined]],
  ['one lane each', { register: 'registered', link: 'linked' }, ['registered', 'linked']],
  ['not linked after a refusal', { register: 'rejected', link: 'skipped' }, ['rejected', 'skipped']],
  ['a member who was there, and is updated', { register: 'exists', update: 'updated' }, ['updated', undefined]],
  ['a new member needs no update', { register: 'registered', update: 'skipped' }, ['registered', undefined]],
  ['a refused update', { register: 'exists', update: 'rejected' }, ['rejected', undefined]],
  ['a tier behind a link', { link: 'exists', tier: 'updated' }, [undefined, 'updated']],
  ['a tier alone', { tier: 'rejected' }, [undefined, 'rejected']],
  ['a verification says nothing of either', { balance: 'verified' }, [undefined, undefined]],
])('%s', ([, results, columns]) => {
  expect(columnsOf(results)).toEqual(columns)
})
