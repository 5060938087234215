import { expect, test } from 'vitest'
import type { OrgOptions } from '../../src/simulator/org.ts'
import { bodyOf, member, setup } from './setup.ts'

interface Item {
  readonly user_id?: number
  readonly item_status?: {
    readonly success: string
    readonly code: string
    readonly message: string
    readonly warnings: object
  }
}

/** The items of a V1 reply. */
function items(reply: { readonly text: string }): Item[] {
  const body: { response: { customers: { customer: Item[] } } } = JSON.parse(reply.text)
  return body.response.customers.customer
}

/** The codes of the items alone. */
function codes(reply: { readonly text: string }): unknown[] {
  return items(reply).map(({ item_status: status }) => status?.code)
}

/** Code, beginning of the message and warnings of each item. */
function said(reply: { readonly text: string }): unknown[] {
  return items(reply).map(({ item_status: status }) => [status?.code, status?.message.split(',')[0], status?.warnings])
}

const none = { warning: [] }
const asha = { mobile: '919000000101', email: 'Asha@Example.test', external_id: 'M-101', firstname: 'Asha' }

test('Members are registered together, and come back in order as the account has them', async () => {
  const { add, simulator } = await setup({ firstId: 700, now: () => Date.parse('2026-03-01T06:00:00Z') })
  const gender = {
    field: [
      { name: 'gender', value: 'female' },
      { name: 'dob', value: '1990/02/03' },
    ],
  }
  const reply = await add(
    { ...asha, extended_fields: gender, source: 'INSTORE', registered_on: '2024-03-01 09:30:00 +01:00' },
    { mobile: '9000000102' },
  )
  expect(reply.status).toBe(200)
  expect(bodyOf(reply)).toMatchObject({
    response: {
      status: { success: 'true', code: 200, message: 'Success', total: '2', success_count: '2' },
      customers: {
        customer: [
          {
            user_id: 700,
            firstname: 'Asha',
            mobile: '919000000101',
            email: 'asha@example.test',
            external_id: 'M-101',
            registered_on: '2024-03-01 09:30:00',
            source: 'instore',
            type: 'LOYALTY',
            extended_fields: {
              field: [
                { name: 'gender', value: 'Female' },
                { name: 'dob', value: '1990-02-03' },
              ],
            },
            item_status: { success: 'true', code: '1000', message: 'Customer registration successful', warnings: none },
          },
          { user_id: 701, mobile: '919000000102', external_id: null, registered_on: '2026-03-01 11:30:00' },
        ],
      },
    },
  })
  expect(simulator.stats()).toMatchObject({ registrations: 2, v1Updated: 0, customers: 2, twiceInRequest: 0 })
})

test('Without user_id in the query no id comes back', async () => {
  const { post } = await setup()
  const reply = await post('/v1.1/customer/add?format=json', { root: { customer: [asha] } })
  expect(reply.text).not.toContain('user_id')
})

test('Some of a request may fail: 201 with an item for each; all of it: 500', async () => {
  const { add, simulator } = await setup()
  const some = await add(
    asha,
    { mobile: '12' },
    { email: 'no mail' },
    { firstname: 'Nobody' },
    { external_id: 'x'.repeat(251) },
  )
  expect(some.status).toBe(200)
  expect(bodyOf(some)).toMatchObject({
    response: { status: { success: 'false', code: 201, total: '5', success_count: '1' } },
  })
  expect(said(some).slice(1)).toEqual([
    ['1001', 'Invalid Mobile Number', none],
    ['1002', 'Invalid Email ID', none],
    ['1007', 'No valid primary identifier passed', none],
    ['1003', 'Invalid External ID', none],
  ])
  const all = await add({ mobile: '12' })
  expect(all.status).toBe(500)
  expect(bodyOf(all)).toMatchObject({ response: { status: { success: 'false', code: 500 } } })
  expect(simulator.stats().customers).toBe(1)
})

test.each(['{', '{}', '{"root":{}}', '{"root":{"customer":[]}}', '{"root":{"customer":["x"]}}'])(
  'A body that is none is refused without items: %s',
  async (text) => {
    const { post } = await setup()
    const reply = await post('/v1.1/customer/add', text)
    expect(reply.status).toBe(400)
    expect(bodyOf(reply)).toMatchObject({ response: { status: { code: 400, success: false } } })
  },
)

test('One object in the place of the list is taken', async () => {
  const { post, simulator } = await setup()
  await post('/v1.1/customer/add', { root: { customer: asha } })
  expect(simulator.stats().customers).toBe(1)
})

test('Who is there is updated without asking, null identifiers are filled, and others stay', async () => {
  const { add, simulator } = await setup({ firstId: 700 })
  await add({ mobile: '919000000101', email: 'old@example.test', firstname: 'Asha', lastname: 'Rao' })
  const reply = await add({ ...asha, firstname: 'Usha' })
  expect(items(reply)).toMatchObject([
    { user_id: 700, firstname: 'Usha', email: 'old@example.test', external_id: 'M-101' },
  ])
  expect(said(reply)).toEqual([['1000', 'Customer successfully updated', { warning: ['91006'] }]])
  expect(simulator.profile('externalId', 'M-101')).toMatchObject({
    fields: { firstName: 'Usha', lastName: 'Rao' },
    updates: { v1: 1 },
  })
  expect(simulator.stats()).toMatchObject({ registrations: 1, v1Updated: 1, v1UpdatedBySecondary: 0, v1Repeats: 0 })
  await add({ ...asha, firstname: 'Usha' })
  expect(simulator.stats().v1Repeats).toBe(1)
})

test('One world with the other version of the API', async () => {
  const { add, register, simulator } = await setup({ firstId: 700 })
  await add(asha)
  expect((await register(member({ mobile: '919000000101' }))).text).toContain('exists with id 700')
  await register(member({ externalId: 'B' }))
  expect(said(await add({ external_id: 'B' }))).toEqual([['1000', 'Customer successfully updated', none]])
  expect(simulator.stats().customers).toBe(2)
})

test.each<[string, OrgOptions, unknown, object]>([
  [
    'updates somebody else',
    {},
    ['1000', 'Customer successfully updated', { warning: ['91005'] }],
    { customers: 1, v1UpdatedBySecondary: 1 },
  ],
  [
    'is refused',
    { secondaryKnown: 'refuse' },
    ['1047', "Customer's primary identifier does not match other identifiers", none],
    { customers: 1 },
  ],
  [
    'makes a member without it',
    { secondaryKnown: 'leave' },
    ['1000', 'Customer registration successful', none],
    { customers: 2 },
  ],
  [
    'makes a member with it',
    { secondaryKnown: 'repeat' },
    ['1000', 'Customer registration successful', none],
    { customers: 2 },
  ],
  [
    'is refused as one who is there',
    { refusesExisting: true },
    ['1016', 'Email ID already exists for another user', none],
    { customers: 1 },
  ],
])('A new mobile with an e-mail that is somebody’s %s', async (_what, org, item, stats) => {
  const { add, simulator } = await setup({ org })
  await add(asha)
  expect(said(await add({ mobile: '919000000999', email: 'asha@example.test' }))).toEqual([item])
  expect(simulator.stats()).toMatchObject(stats)
})

test('Identifiers of two members: the second is left alone, or taken in', async () => {
  for (const [secondaryKnown, warning, customers] of [
    ['update', ['91007'], 2],
    ['merge', [], 1],
  ] as const) {
    const { add, simulator } = await setup({ org: { secondaryKnown } })
    await add({ mobile: '919000000101' }, { email: 'b@example.test', external_id: 'B' })
    const reply = await add({ mobile: '919000000101', email: 'b@example.test' })
    expect(said(reply)).toEqual([['1000', 'Customer successfully updated', { warning }]])
    expect(simulator.stats()).toMatchObject({ customers, takenIn: 2 - customers })
  }
})

test('The organisation’s settings refuse, drop and replace', async () => {
  const { add, simulator } = await setup({
    firstId: 700,
    org: {
      externalIds: 'generated',
      firstDay: '2020-01-01',
      tills: ['one'],
      customFields: ['hobby'],
      extendedFields: ['city'],
    },
  })
  const custom = { field: { name: 'shoe', value: '9' } }
  const reply = await add(
    { ...asha, custom_fields: custom, extended_fields: { field: [{ name: 'town', value: 'x' }] } },
    { mobile: '919000000102', registered_on: '2019-12-31 23:59:59' },
    { mobile: '919000000103', registered_till: 'two' },
    { mobile: '919000000104', associated_with: 'two' },
  )
  expect(said(reply)).toEqual([
    ['1000', 'Customer registration successful', { warning: ['1017', '91015'] }],
    ['1034', 'Registration date is not within the allowed limit', none],
    ['91020', 'Invalid TILL passed for registration', none],
    ['1000', 'Customer registration successful', { warning: ['91021'] }],
  ])
  expect(items(reply)[0]).toMatchObject({ user_id: 700, external_id: 'GEN700' })
  expect(simulator.profile('mobile', '919000000101')?.fields).toEqual({ firstName: 'Asha' })
  simulator.setOrg({ refuseAll: 8014 })
  expect(codes(await add({ external_id: 'Z' }))).toEqual(['8014'])
})

test('An external id names the code, the warning or the code of this endpoint alone', async () => {
  const { add, register } = await setup()
  const reply = await add(
    { external_id: 'SIM-618-a' },
    { external_id: 'SIM-521x1-a' },
    { external_id: 'SIMW-91022-a' },
    { external_id: 'SIM-register-v1-1034-a' },
    { external_id: 'SIM-register-8017-a' },
  )
  expect(said(reply)).toEqual([
    ['618', 'Not allowed', none],
    ['521', 'Multiple actions are running for the same customer. Please try after some time', none],
    ['1000', 'Customer registration successful', { warning: ['91022'] }],
    ['1034', 'Registration date is not within the allowed limit', none],
    ['1000', 'Customer registration successful', none],
  ])
  expect(codes(await add({ external_id: 'SIM-521x1-a' }))).toEqual(['1000'])
  expect((await register(member({ externalId: 'SIM-register-8017-b' }))).text).toContain('8017')
})

test('Two rows of one identifier in a request: the second is busy, and the request is counted', async () => {
  const { add, simulator } = await setup()
  expect(codes(await add(asha, { mobile: '9000000101' }))).toEqual(['1000', '521'])
  expect(simulator.stats()).toMatchObject({ twiceInRequest: 1, busy: 1 })
})

test('Empty texts are taken for values, and counted', async () => {
  const { add, simulator } = await setup()
  await add(asha)
  await add({ mobile: '919000000101', email: '', firstname: '', lastname: 'Rao' })
  expect(simulator.profile('externalId', 'M-101')).toMatchObject({ fields: { firstName: '', lastName: 'Rao' } })
  expect(simulator.stats().emptyValues).toBe(2)
})

test.each([
  [{ add: 1 }, 'Exceeded maximum limit size of 1'],
  [{ add: 1, says: false }, 'Batch limit exceeded'],
] as const)('More members than a request may name are refused as a whole: %j', async (batch, message) => {
  const { add, simulator } = await setup({ org: { batch } })
  const two = [{ external_id: 'A' }, { external_id: 'B' }]
  const refused = await add(...two)
  expect(refused.status).toBe(500)
  expect(bodyOf(refused)).toMatchObject({ response: { status: { code: 1060, message } } })
  simulator.setOrg({ batch: { ...batch, where: 'items' } })
  expect(said(await add(...two))).toEqual([
    ['1060', message, none],
    ['1060', message, none],
  ])
  expect(simulator.stats().customers).toBe(0)
  expect(codes(await add({ external_id: 'A' }))).toEqual(['1000'])
})
