import { describe, expect, test } from 'vitest'
import { lookUpCode } from '../../../src/lanes/catalogue.ts'
import type { Json } from '../../../src/model.ts'
import { v1, verdictOf } from './register-cases.ts'
import type { Case } from './register-cases.ts'
import { reply } from '../../capillary/replies.ts'

/** A reply of V1 with the status of the request and its customers; without any, it has no list of them. */
const answer = (status: Json, ...customers: readonly Json[]) => {
  return reply(200, {
    response: customers.length === 0 ? { status } : { status, customers: { customer: customers } },
  })
}
const item = (status: Json, more: Readonly<Record<string, Json>> = {}): Json => ({
  user_id: 12,
  item_status: status,
  ...more,
})

const allWell = { success: 'true', code: '200', message: 'SUCCESS' }
const allFailed = { success: 'false', code: '500', message: 'All requests have failed due to errors' }
const rejected = { kind: 'final', result: 'rejected', status: 'rejected' } as const
const registered = { kind: 'final', result: 'registered', status: 'ok', customerId: '12' } as const
const unclear = { kind: 'retry', scope: 'row', ambiguous: true } as const

const cases: readonly Case[] = [
  [
    'by the item’s boolean where it has no code, whatever the request’s says',
    answer(allFailed, item({ success: 'true' })),
    registered,
  ],
  [
    'a refusal by the item’s boolean where it has no code',
    answer(allWell, item({ success: 'false', message: 'no mobile' })),
    { ...rejected, code: undefined, message: 'no mobile' },
  ],
  ...[400, 500].map((code): Case => {
    return [
      `a refusal by the item’s code ${code} alone`,
      answer(allWell, item({ code: String(code), message: 'no' })),
      { ...rejected, code, message: 'no' },
    ]
  }),
  [
    'a refusal in the catalogue’s words where the item has none',
    answer(allFailed, item({ success: 'false', code: '1001' })),
    { ...rejected, code: 1001, message: lookUpCode('register-v1', 'error', 1001)?.meaning },
  ],
  [
    'a request’s refusal by its boolean alone, where it names no customer',
    answer({ success: 'false', message: 'Input is invalid' }),
    { ...rejected, code: undefined, message: 'Input is invalid' },
  ],
  [
    'a request’s refusal by its code alone, where it names no customer',
    answer({ code: 400, message: 'Input is invalid' }),
    { ...rejected, code: 400, message: 'Input is invalid' },
  ],
  [
    'a request’s refusal for the item that says nothing of itself',
    answer(allFailed, { mobile: '1' }),
    { ...rejected, code: 500, message: allFailed.message },
  ],
  ['no answer in a success that names no customer', answer(allWell), unclear],
  [
    'no answer in a success of two customers, where one was sent',
    answer(allWell, item({ success: 'true' }), item({ success: 'true' }, { user_id: 13 })),
    unclear,
  ],
  [
    'the member’s points and coupons',
    answer(
      allWell,
      item({ success: 'true', code: '1000' }, { side_effects: { effect: [{ type: 'points', awarded_points: '30' }] } }),
    ),
    { ...registered, sideEffects: [{ kind: 'points', awarded: 30 }] },
  ],
]

describe('a reply of V1 is read as', () => {
  test.each(cases.map((each) => [each[0], each] as const))('%s', (_title, [title, exchange, expected]) => {
    expect(verdictOf([title, exchange, expected, v1])).toMatchObject(expected)
  })
})
