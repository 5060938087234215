import { describe, expect, test } from 'vitest'
import { lookUpCode } from '../../../src/lanes/catalogue.ts'
import { classifyRegister } from '../../../src/lanes/register/classify-register.ts'
import { verdictOf, clean, v1, warning } from './register-cases.ts'
import type { Case } from './register-cases.ts'
import { errors, reply } from '../../capillary/replies.ts'
import { sampleReplies } from '../../capillary/samples.ts'

const label = { code: 8107, message: 'Default customer status label not set', lossy: false }
const created = (codes: readonly number[], id: string | number = 7) => {
  return reply(200, { createdId: id, warnings: codes.map((code) => warning(code)), sideEffects: [] })
}

const none = { warnings: [], sideEffects: [] }
const registered = { kind: 'final', result: 'registered', status: 'ok', requestId: 'r-1' } as const
const samples: readonly Case[] = [
  [
    'sample 1: a benign warning',
    reply(200, sampleReplies.plain),
    { ...registered, customerId: '556844761', warnings: [label], sideEffects: [] },
  ],
  [
    'sample 2: points',
    reply(200, sampleReplies.points),
    { ...registered, customerId: '555594290', warnings: [label], sideEffects: [{ kind: 'points', awarded: 75 }] },
  ],
  ['sample 3: nothing but the id', reply(200, sampleReplies.bare), { ...registered, customerId: '578697565', ...none }],
  [
    'sample 4: an alternate currency',
    reply(200, sampleReplies.currency),
    {
      ...registered,
      customerId: '423799201',
      warnings: [],
      sideEffects: [{ kind: 'alternate_currency', name: 'ac1', awarded: 110, identifier: 'rgpws7' }],
    },
  ],
  [
    'sample 5: points without a warning',
    reply(200, sampleReplies.pointsOnly),
    { ...registered, customerId: '84230125', warnings: [], sideEffects: [{ kind: 'points', awarded: 100 }] },
  ],
  [
    'sample 6: points and two coupons',
    reply(200, sampleReplies.coupons),
    {
      ...registered,
      customerId: '557669379',
      warnings: [{ code: 1302, message: 'supplementary program expiry is before membership expiry', lossy: false }],
      sideEffects: [
        { kind: 'points', awarded: 200 },
        {
          kind: 'coupon',
          code: 'JQI7S8P8',
          validTill: '2025-07-29T23:59:59Z',
          description: 'Welcome Offer - 10% flat discount',
          id: '1239575031',
        },
        {
          kind: 'coupon',
          code: '2742942949',
          validTill: '2024-09-27T23:59:59Z',
          description: 'DSG - $5 Coupon',
          id: '1239575032',
        },
      ],
    },
  ],
]

const successes: readonly Case[] = [
  [
    'an id beyond 2^53 keeps its digits',
    reply(200, '{"createdId":9007199254740993,"warnings":[]}'),
    { ...registered, customerId: '9007199254740993' },
  ],
  ['an id given as a string', created([], '123'), { ...registered, customerId: '123' }],
  [
    'codes given as strings',
    reply(200, { createdId: '5', warnings: [{ status: 'false', code: '8056', message: 'x' }] }),
    { ...registered, status: 'warned', warnings: [{ code: 8056, message: 'x', lossy: true }] },
  ],
  ['the body counts before a 500', reply(500, { createdId: 5 }), { ...registered, customerId: '5' }],
  ['the body counts before a 429', reply(429, { createdId: 5 }), { ...registered, customerId: '5' }],
  [
    'a byte order mark and space around the body',
    reply(200, '\uFEFF {"createdId":5} \n'),
    { ...registered, customerId: '5' },
  ],
  [
    'null for lists',
    reply(200, { createdId: 5, errors: null, warnings: null, sideEffects: null }),
    { ...registered, ...none },
  ],
  [
    'an unknown warning is shown and benign',
    created([9999]),
    { ...registered, warnings: [{ code: 9999, message: 'w', lossy: false }] },
  ],
  [
    'a warning without a code',
    reply(200, { createdId: 5, warnings: ['so so', {}, null] }),
    { ...registered, warnings: [{ message: 'so so', lossy: false }] },
  ],
  [
    'a warning and an error without words',
    reply(200, { createdId: 5, warnings: [{ code: 9999 }], errors: [{}] }),
    {
      ...registered,
      status: 'warned',
      warnings: [
        { code: 9999, message: 'A warning without words', lossy: false },
        { code: undefined, message: 'A warning without words', lossy: true },
      ],
    },
  ],
  ['a warning known as an error only is lossy', created([8086]), { ...registered, status: 'warned' }],
  ...[8052, 8055, 8056, 8057, 8058, 8064, 8077].map((code): Case => {
    return [`${code} dropped something`, created([8107, code]), { ...registered, status: 'warned', customerId: '7' }]
  }),
  ...[8050, 8051, 8069].map((code): Case => {
    return [
      `${code} merged the member`,
      created([code]),
      { ...registered, result: 'merged', status: 'warned', customerId: '7' },
    ]
  }),
  [
    'a created id beside an error: registered, with loss',
    reply(200, { createdId: 5, errors: [warning(8086, 'label?')] }),
    {
      ...registered,
      status: 'warned',
      customerId: '5',
      code: 8086,
      message: 'label?',
      warnings: [{ code: 8086, message: 'label?', lossy: true }],
    },
  ],
  [
    'a created id beside an unknown error',
    reply(500, { createdId: 5, errors: [warning(9999, 'odd')] }),
    { ...registered, status: 'warned', warnings: [{ code: 9999, message: 'odd', lossy: true }] },
  ],
  [
    'side effects as V1 wraps them',
    reply(200, { createdId: 5, sideEffects: { effect: [{ type: 'points', awardedPoints: '12' }] } }),
    { ...registered, sideEffects: [{ kind: 'points', awarded: 12 }] },
  ],
  [
    'a single side effect without a list',
    reply(200, { createdId: 5, sideEffects: { effect: { type: 'POINTS', awarded_points: 3 } } }),
    { ...registered, sideEffects: [{ kind: 'points', awarded: 3 }] },
  ],
  [
    'raw points where no others are',
    reply(200, { createdId: 5, sideEffects: [{ type: 'points', rawAwardedPoints: 2.5 }] }),
    { ...registered, sideEffects: [{ kind: 'points', awarded: 2.5 }] },
  ],
  [
    'points without a number stay raw',
    reply(200, { createdId: 5, sideEffects: [{ type: 'points' }] }),
    { ...registered, sideEffects: [{ kind: 'unknown', type: 'points', raw: { type: 'points' } }] },
  ],
  [
    'a currency without a name goes by its identifier',
    reply(200, {
      createdId: 5,
      sideEffects: [{ type: 'alternate_currency', rawAwardedValue: 4, alternateCurrencyIdentifier: 'q' }],
    }),
    { ...registered, sideEffects: [{ kind: 'alternate_currency', name: 'q', awarded: 4, identifier: 'q' }] },
  ],
  [
    'a currency without an amount stays raw',
    reply(200, { createdId: 5, sideEffects: [{ type: 'alternate_currency', alternateCurrencyName: 'q' }] }),
    { ...registered, sideEffects: [{ kind: 'unknown', type: 'alternate_currency' }] },
  ],
  [
    'a coupon by its trimmed code',
    reply(200, { createdId: 5, sideEffects: [{ type: 'coupon', trimmedCouponCode: 'T1' }] }),
    { ...registered, sideEffects: [{ kind: 'coupon', code: 'T1' }] },
  ],
  [
    'a coupon without a code stays raw',
    reply(200, { createdId: 5, sideEffects: [{ type: 'coupon' }] }),
    { ...registered, sideEffects: [{ kind: 'unknown', type: 'coupon' }] },
  ],
  [
    'an unknown side effect is kept raw',
    reply(200, { createdId: 5, sideEffects: [{ type: 'badge', level: 2 }, 'x'] }),
    {
      ...registered,
      sideEffects: [
        { kind: 'unknown', type: 'badge', raw: { type: 'badge', level: 2 } },
        { kind: 'unknown', type: 'unknown', raw: 'x' },
      ],
    },
  ],
  [
    'a bulk reply with one item',
    reply(200, {
      response: [{ entityId: 176671442, result: {}, errors: [], warnings: [] }],
      totalCount: 1,
      failureCount: 0,
    }),
    { ...registered, customerId: '176671442' },
  ],
  [
    'a V1 success in strings, a custom field dropped',
    reply(200, {
      response: {
        status: { success: 'true', code: 200, message: 'Success', total: '1', success_count: '1' },
        customers: {
          customer: [
            {
              user_id: 557408687,
              side_effects: { effect: [] },
              item_status: {
                success: 'true',
                code: '1000',
                message: 'Customer registration successful, Provided Custom Field is invalid',
                warnings: { warning: ['1017'] },
              },
            },
          ],
        },
      },
    }),
    {
      ...registered,
      status: 'warned',
      customerId: '557408687',
      warnings: [{ code: 1017, message: 'A custom field is not valid and was not stored.', lossy: true }],
    },
    v1,
  ],
  [
    'a V1 success by its code alone, id by its other name',
    reply(200, {
      response: { status: { code: 201 }, customers: { customer: { id: '9', item_status: { code: '1000' } } } },
    }),
    { ...registered, customerId: '9' },
    v1,
  ],
  [
    'a V1 success by the status of the request',
    reply(200, { response: { status: { code: '200' }, customers: { customer: [{ mobile: '1' }] } } }),
    { ...registered, needsLookup: true },
    v1,
  ],
]

describe('the page’s samples', () => {
  test.each(samples.map((each) => [each[0], each] as const))('%s', (_title, each) => {
    expect(verdictOf(each)).toMatchObject(each[2])
  })
})

describe('replies that register', () => {
  test.each(successes.map((each) => [each[0], each] as const))('%s', (_title, each) => {
    expect(verdictOf(each)).toMatchObject(each[2])
  })
})

test('a rejected row carries the catalogue’s remedy, and its error is not among its warnings', () => {
  const verdict = classifyRegister(reply(500, errors(8005, 'x')), clean)
  expect(verdict).toHaveProperty('hint', lookUpCode('register', 'error', 8005)?.remedy)
  expect(verdict).toMatchObject({ warnings: [] })
})

test('a row without trouble has neither code nor message, and needs no look-up', () => {
  const fine = classifyRegister(created([]), clean)
  for (const name of ['code', 'message', 'confirmed', 'needsLookup']) expect(fine).not.toHaveProperty(name)
})
