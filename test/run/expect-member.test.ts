import { expect, test } from 'vitest'
import type { Json, Outcome } from '../../src/model.ts'
import type { BalanceRequest } from '../../src/lanes/balance/balance-request.ts'
import { expectMember } from '../../src/run/expect-member.ts'

const mobile = { type: 'mobile', value: '919800000001' }
const card = { type: 'externalId', value: 'M-1' }

test('the ids and the points of a registration, by program', () => {
  expect(
    lookUp(
      { outcomes: { register: outcome() } },
      rendered([
        [469, 75],
        [470, 10],
        [469, 5],
      ]),
    ),
  ).toEqual({
    source: 'INSTORE',
    lookUps: [[mobile], [mobile, card], [card]],
    balances: [
      { programId: '469', expected: 80 },
      { programId: '470', expected: 10 },
    ],
    customerId: '5500',
    uncertain: false,
  })
})

test('side effects include what was asked for: what is more, is looked for over all programs', () => {
  expect(lookUp({ outcomes: { register: awarded(75) } }, rendered([[469, 75]]))?.balances).toEqual([
    { programId: '469', expected: 75 },
  ])
  expect(lookUp({ outcomes: { register: awarded(100) } }, rendered([[469, 75]]))?.balances).toEqual([
    { programId: '469', expected: 75 },
    { expected: 100 },
  ])
  expect(lookUp({ outcomes: { register: awarded(20) } }, rendered([]))?.balances).toEqual([{ expected: 20 }])
})

test('a member who was there already was promised nothing', () => {
  const register = outcome({ result: 'exists' })
  expect(lookUp({ outcomes: { register } }, rendered([[469, 75]]))?.balances).toEqual([{ expected: 0 }])
})

test('a row without a final answer is looked up too, one that was refused is not', () => {
  const failed = outcome({ result: 'failed', status: 'failed', customerId: undefined })
  expect(lookUp({ outcomes: { register: failed } }, rendered([[469, 75]]))).toMatchObject({
    uncertain: true,
    balances: [{ programId: '469', expected: 75 }],
  })
  const rejected = outcome({ result: 'rejected', status: 'rejected', customerId: undefined })
  expect(lookUp({ outcomes: { register: rejected } }, rendered([]))).toBeUndefined()
})

test('a member who was linked alone is looked for in every source', () => {
  const link = outcome({ lane: 'link', result: 'linked' })
  const request = { customer: { mobile: mobile.value, id: 5 }, linkToPartnerPrograms: [] }
  const plan = { kind: 'requests', key: 'M-1', members: [], requests: { link: request } } as const
  expect(lookUp({ outcomes: { link } }, plan)).toMatchObject({ source: 'ALL', lookUps: [[mobile]] })
})

/** The look-up that shows whether the row's member is there. */
function lookUp(...row: Parameters<typeof expectMember>): BalanceRequest | undefined {
  return expectMember(...row)?.request as BalanceRequest | undefined
}

function awarded(points: number): Outcome {
  return outcome({ sideEffects: [{ kind: 'points', awarded: points }] })
}

function rendered(points: readonly (readonly [number, number])[]) {
  const body: Json = {
    profiles: [{ source: 'INSTORE', identifiers: [mobile, card] }],
    loyaltyProgramEnrollments: points.map(([programId, loyaltyPoints]) => ({ programId, loyaltyPoints })),
  }
  return { kind: 'requests', key: 'M-1', members: [], requests: { register: { body } } } as const
}

function outcome(more: Partial<Outcome> = {}): Outcome {
  return {
    row: 1,
    lane: 'register',
    result: 'registered',
    status: 'ok',
    customerId: '5500',
    warnings: [],
    sideEffects: [],
    attempts: 1,
    finishedAt: '2030-01-01T00:00:00.000Z',
    ...more,
  }
}
