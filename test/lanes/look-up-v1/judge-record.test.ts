import { describe, expect, test } from 'vitest'
import type { LookUpV1Request } from '../../../src/lanes/look-up-v1/look-up-v1-request.ts'
import { lookUpV1Lane } from '../../../src/lanes/look-up-v1/look-up-v1-lane.ts'
import { fault } from '../../capillary/replies.ts'
import { refused, retrieved, v1Reply } from '../register-v1/v1-replies.ts'

const member = {
  identifiers: [
    { type: 'mobile', value: '919000000101' },
    { type: 'externalId', value: 'A' },
  ],
  balances: [],
  fields: { firstname: 'Asha', 'extended_fields.dob': '1990/02/03', 'extended_fields.gender': 'female' },
  customerId: '700',
  uncertain: false,
}
const requestOf = (more: Partial<typeof member> = {}): LookUpV1Request => {
  const request = lookUpV1Lane.verifies?.lookFor({ ...member, ...more })
  if (request === undefined) throw new Error('cannot be looked for')
  return request
}
const read = (items: Parameters<typeof v1Reply>[0], ...requests: LookUpV1Request[]) =>
  lookUpV1Lane.read(
    v1Reply(items),
    requests.map((request) => ({ request })),
    { onExists: 'ok' },
  )
const shown = {
  external_id: 'A',
  firstname: 'ASHA',
  extended_fields: {
    field: [
      { name: 'dob', value: '1990-02-03 00:00:00' },
      { name: 'gender', value: 'Female' },
    ],
  },
}
const absent = refused(1012)

test('members are asked for by the external id first, ten a request', () => {
  expect(lookUpV1Lane.rowsPerRequest).toBe(10)
  expect(lookUpV1Lane.request([{ request: requestOf() }, { request: requestOf() }])).toMatchObject({
    path: '/v1.1/customer/get',
    query: { external_id: 'A,A', user_id: 'true' },
  })
  expect(
    lookUpV1Lane.verifies?.lookFor({ ...member, identifiers: [{ type: 'externalId', value: 'A,B' }] }),
  ).toBeUndefined()
})

describe('a member', () => {
  test('is verified where the account has the id and the values, as the API writes them', () => {
    expect(read([retrieved(shown)], requestOf())).toMatchObject({
      verdicts: [{ kind: 'final', result: 'verified', status: 'ok', customerId: '700' }],
    })
  })

  test('differs by its id, by its values, or by both', () => {
    expect(read([retrieved({ ...shown, user_id: 701 })], requestOf())).toMatchObject({
      verdicts: [
        {
          result: 'differs',
          status: 'rejected',
          customerId: '701',
          message: 'another customer id than the run recorded',
        },
      ],
    })
    expect(read([retrieved({ ...shown, firstname: 'Usha', user_id: 701 })], requestOf())).toMatchObject({
      verdicts: [{ message: 'another customer id than the run recorded; other values: firstname' }],
    })
  })

  test('differs where another account took it in', () => {
    expect(read([retrieved({ ...shown, user_id: 701 }, ['91009'])], requestOf())).toMatchObject({
      verdicts: [{ result: 'differs', code: 91_009, customerId: '701' }],
    })
  })

  test('is found where its import had no final answer', () => {
    const request = requestOf({ uncertain: true, customerId: undefined as unknown as string })
    expect(read([retrieved(shown)], request)).toMatchObject({ verdicts: [{ result: 'found', status: 'warned' }] })
  })

  test('that is found under another identifier than it was asked by is no member of ours, unless the id is', () => {
    const other = { ...shown, external_id: 'ZZ-9' }
    const request = requestOf({ uncertain: true, customerId: undefined as unknown as string })
    expect(read([retrieved(other)], request)).toMatchObject({ verdicts: [{ result: 'differs', status: 'rejected' }] })
    expect(read([retrieved(other)], requestOf())).toMatchObject({ verdicts: [{ result: 'verified', status: 'ok' }] })
  })

  test('whose id the reply does not show is warned of', () => {
    expect(read([retrieved({ ...shown, user_id: '' })], requestOf())).toMatchObject({
      verdicts: [{ result: 'verified', status: 'warned', message: expect.stringContaining('no customer id') }],
    })
  })

  test('that is said to be there and not to be is asked for again', () => {
    const both = { ...shown, item_status: { success: 'true', code: '1012', message: 'Customer not found' } }
    expect(read([both], requestOf())).toMatchObject({ verdicts: [{ kind: 'retry', request: { alone: true } }] })
  })

  test('is missing only after all of its identifiers', () => {
    const first = read([absent], requestOf())
    expect(first).toMatchObject({ verdicts: [{ kind: 'next', request: { left: [{ type: 'mobile' }] } }] })
    const next = (first as unknown as { verdicts: readonly { request: LookUpV1Request }[] }).verdicts[0]?.request
    expect(read([absent], next ?? requestOf())).toMatchObject({ verdicts: [{ result: 'missing', code: 1012 }] })
  })

  test('that the API will not tell of is rejected, and not missing', () => {
    const one = { ...requestOf(), left: [{ type: 'externalId', value: 'A' }] }
    expect(read([refused(1044, 'No permission')], one)).toMatchObject({
      verdicts: [{ result: 'rejected', code: 1044 }],
    })
  })

  test('whose answer is not clear is asked for again, alone', () => {
    const answer = read([{}, absent], requestOf(), requestOf())
    expect(answer).toMatchObject({ verdicts: [{ kind: 'retry', request: { alone: true } }, { kind: 'next' }] })
  })
})

test('a look-up that is lost is no doubt', () => {
  expect(lookUpV1Lane.read(fault('ECONNRESET', true), [{ request: requestOf() }], { onExists: 'ok' })).toMatchObject({
    kind: 'retry',
    ambiguous: false,
  })
})
