import { expect, test } from 'vitest'
import type { Reply } from '../../../src/capillary/exchange.ts'
import { classifyBalance } from '../../../src/lanes/balance/classify-balance.ts'
import { judgeBalance } from '../../../src/lanes/balance/judge-balance.ts'
import { type BalanceRequest, balanceRequest } from '../../../src/lanes/balance/balance-request.ts'
import { errors, htmlPage, reply } from '../../capillary/replies.ts'

const mobile = { type: 'mobile', value: '919800000001' }
const card = { type: 'externalId', value: 'M-1' }

const request: BalanceRequest = {
  source: 'INSTORE',
  lookUps: [[mobile], [mobile, card], [card]],
  balances: [{ programId: '469', expected: 75 }],
  customerId: '5500',
  uncertain: false,
}

/** As capillary-facts.md, section 5, has it. */
const found = (points: number, id = 5500) =>
  reply(200, { entityId: id, entityType: 'CUSTOMER', totalPoints: points, mainPoints: points, promisedPoints: 0 })
const nobody = reply(500, errors(8015, 'Customer not found'))

test('identifiers of one request are comma-separated, in the same order, and the program is asked for', () => {
  const asked = { ...request, lookUps: request.lookUps.slice(1), accountId: '7' }
  expect(balanceRequest(asked)).toEqual({
    method: 'GET',
    path: '/v2/customers/lookup/points/balance',
    query: {
      source: 'INSTORE',
      accountId: '7',
      identifierName: 'mobile,externalId',
      identifierValue: '919800000001,M-1',
      programId: '469',
    },
  })
})

test('without a program, the points are those of all', () => {
  expect(balanceRequest({ ...request, balances: [{ expected: 0 }] }).query).toEqual({
    source: 'INSTORE',
    identifierName: 'mobile',
    identifierValue: '919800000001',
    fetchDataForAllPrograms: 'true',
  })
})

test.each([
  { what: 'just the points that were promised', comes: found(75), result: 'verified', status: 'ok' },
  { what: 'more of them', comes: found(75.5), result: 'verified', status: 'ok' },
  { what: 'fewer', comes: found(74.999), result: 'differs', status: 'rejected' },
  { what: 'another id', comes: found(75, 5501), result: 'differs', status: 'rejected' },
])('$what: $result', ({ comes, result, status }) => {
  expect(run(request, [comes])).toMatchObject({ kind: 'final', result, status })
})

test('nobody by one identifier is asked for by all, and then by each other one', () => {
  expect(run(request, [nobody, found(75)])).toMatchObject({ result: 'verified', customerId: '5500' })
  expect(run(request, [nobody, nobody, found(75)])).toMatchObject({ result: 'verified' })
  expect(run(request, [nobody, nobody, nobody])).toMatchObject({ result: 'missing', status: 'rejected', code: 8015 })
})

test('that several identifiers are not to the API’s liking does not hide that nobody was found', () => {
  const refused = reply(400, errors(8013, 'Invalid identifier'))
  expect(run(request, [nobody, refused, nobody])).toMatchObject({ result: 'missing' })
  expect(run(request, [refused, refused, refused])).toMatchObject({ result: 'rejected', code: 8013 })
})

test('each program is asked for by the identifiers that found the member', () => {
  const both = {
    ...request,
    balances: [
      { programId: '469', expected: 75 },
      { programId: '470', expected: 10 },
    ],
  }
  const next = judge(both, found(75))
  expect(next).toMatchObject({ kind: 'next', request: { foundId: '5500', lookUps: [[mobile]] } })
  expect(run(both, [found(75), found(9)])).toMatchObject({
    result: 'differs',
    balances: [
      { programId: '469', expected: 75, found: 75 },
      { programId: '470', expected: 10, found: 9 },
    ],
  })
})

test('of an import without a final answer: there, and settled; or not there', () => {
  const uncertain = { ...request, customerId: undefined, uncertain: true }
  expect(run(uncertain, [found(75, 5502)])).toMatchObject({ result: 'found', status: 'warned', customerId: '5502' })
  expect(run(uncertain, [nobody, nobody, nobody])).toMatchObject({
    result: 'missing',
    hint: 'The member is not there: rerun the row.',
  })
})

test.each([
  { comes: reply(503, htmlPage), kind: 'retry' },
  { comes: reply(429, {}), kind: 'throttled' },
  { comes: reply(403, errors(4000, 'Not authorized. Access is denied!')), kind: 'halt' },
])('HTTP $comes.status is no word on the member: $kind', ({ comes, kind }) => {
  expect(judge(request, comes)).toMatchObject({ kind })
})

function run(from: BalanceRequest, replies: readonly Reply[]) {
  let now = from
  for (const comes of replies) {
    const verdict = judge(now, comes)
    if (verdict.kind !== 'next') return verdict
    now = verdict.request
  }
  throw new Error('there is no verdict yet')
}

function judge(from: BalanceRequest, comes: Reply) {
  return judgeBalance(from, classifyBalance(comes))
}

test('two look-ups that come to two ids differ, and no third is made', () => {
  const asked = {
    ...request,
    balances: [
      { programId: '469', expected: 75, found: 80 },
      { programId: '470', expected: 20 },
      { programId: '471', expected: 20 },
    ],
    foundId: '5500',
  }
  expect(judgeBalance(asked, classifyBalance(found(30, 6600)))).toMatchObject({
    kind: 'final',
    result: 'differs',
    status: 'rejected',
    message: 'look-ups by the same identifiers came to two customer ids',
  })
})
