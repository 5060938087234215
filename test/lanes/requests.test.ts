import { describe, expect, test } from 'vitest'
import { classifyLookup } from '../../src/capillary/classify-lookup.ts'
import { customerLookup } from '../../src/capillary/customer-lookup.ts'
import { linkLane } from '../../src/lanes/link/link-lane.ts'
import { customerLookupsFor, registerRequest } from '../../src/lanes/register/register-request.ts'
import { retryAfterMs } from '../../src/capillary/retry-after.ts'
import { errors, fault, htmlPage, reply } from '../capillary/replies.ts'

test('a registration is its body, with the plan’s headers and query', () => {
  const parts = { body: { profiles: [] }, headers: { A: 'b' }, query: { source: 'INSTORE' } }
  expect(registerRequest(parts)).toEqual({ method: 'POST', path: '/v2/customers', ...parts })
})

const row = (externalId: string) => ({
  customer: { externalId },
  linkToPartnerPrograms: [{ partnerProgramName: 'Gold' }],
  headers: { A: 'b' },
  query: { q: '1' },
})

test('a link request holds its rows’ customers and programs, and the first row’s headers and query', () => {
  expect(linkLane.request([row('1'), row('2')].map((request) => ({ request })))).toEqual({
    method: 'POST',
    path: '/v2/partnerProgram/linkCustomer',
    headers: { A: 'b' },
    query: { q: '1' },
    body: {
      linkCustomers: [
        { customer: { externalId: '1' }, linkToPartnerPrograms: [{ partnerProgramName: 'Gold' }] },
        { customer: { externalId: '2' }, linkToPartnerPrograms: [{ partnerProgramName: 'Gold' }] },
      ],
    },
  })
  expect(linkLane.rowsPerRequest).toBe(50)
})

describe('look-ups of a member', () => {
  const profile = {
    source: 'WECHAT',
    accountId: 22,
    identifiers: [
      { type: 'mobile', value: 919 },
      { type: 'email', value: '' },
      { type: 'externalId', value: 'X' },
    ],
  }

  test('name source, account and identifier', () => {
    expect(customerLookup({ source: 'INSTORE', identifierName: 'mobile', identifierValue: '9' })).toEqual({
      method: 'GET',
      path: '/v2/customers/lookup',
      query: { source: 'INSTORE', identifierName: 'mobile', identifierValue: '9' },
    })
  })

  test('one for each identifier of the registration', () => {
    const queries = customerLookupsFor({ body: { profiles: [profile] } }).map(({ query }) => query)
    expect(queries).toEqual([
      { source: 'WECHAT', accountId: '22', identifierName: 'mobile', identifierValue: '919' },
      { source: 'WECHAT', accountId: '22', identifierName: 'externalId', identifierValue: 'X' },
    ])
  })

  test('take source and account from the query where the profile has none', () => {
    const body = { profiles: { identifiers: [{ type: 'mobile', value: '9' }] } }
    expect(customerLookupsFor({ body, query: { source: 'LINE', accountId: 'a' } })[0]?.query).toMatchObject({
      source: 'LINE',
      accountId: 'a',
    })
    expect(customerLookupsFor({ body })).toEqual([])
    expect(customerLookupsFor({ body: { profiles: [{ source: 'LINE' }] } })).toEqual([])
  })

  test.each([
    [
      'found',
      reply(200, '{"entity":9007199254740993,"warnings":[]}'),
      { kind: 'found', customerId: '9007199254740993' },
    ],
    [
      'absent by code',
      reply(500, errors(8015, 'Customer not found')),
      { kind: 'absent', code: 8015, message: 'Customer not found' },
    ],
    ['found, and nothing else said', reply(200, { entity: 41 }), { kind: 'found', customerId: '41' }],
    ['neither found nor absent', reply(200, { warnings: [] }), { kind: 'retry', scope: 'row' }],
    ['another envelope', reply(200, { linkCustomers: [] }), { kind: 'retry' }],
    ['exists, which no look-up says', reply(500, errors(8006, 'x')), { kind: 'absent', code: 8006 }],
    ['a page', reply(502, htmlPage), { kind: 'retry', scope: 'transport' }],
    ['429', reply(429, ''), { kind: 'throttled' }],
    ['403', reply(403, ''), { kind: 'halt' }],
    ['a fault', fault('ECONNRESET', true), { kind: 'retry' }],
  ] as const)('%s', (_title, exchange, expected) => {
    expect(classifyLookup(exchange)).toMatchObject(expected)
  })
})

test.each([
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': ' 12 ' }, 12_000],
  [{ 'retry-after': '0.25' }, 250],
  [{ 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }, 30_000],
  [{ 'retry-after': 'Wed, 21 Oct 2026 07:27:00 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }, 0],
  [{ 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT' }, undefined],
  // Date.parse would make a day of the year 2001 of it.
  [{ 'retry-after': '-5', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }, undefined],
  // A timer takes no more than 24 days: beyond, it would not wait at all.
  [{ 'retry-after': '31536000' }, 86_400_000],
  [{ 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }, 86_400_000],
  [{ 'retry-after': 'soon', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }, undefined],
  [{ 'retry-after': '-5' }, undefined],
  [{ 'retry-after': '3 apples' }, undefined],
  [{}, undefined],
])('Retry-After in %o', (headers, expected) => {
  expect(retryAfterMs(reply(429, '', headers))).toBe(expected)
})
