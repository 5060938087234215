import { expect, test } from 'vitest'
import { bodyOf, envelope, member, setup } from './setup.ts'

test('A new member gets the next id, and nothing else', async () => {
  const { register } = await setup({ firstId: 700 })
  expect(bodyOf(await register(member({ externalId: 'A' })))).toEqual({ createdId: 700, warnings: [], sideEffects: [] })
  const second = await register(member({ externalId: 'B' }))
  expect(second.status).toBe(200)
  expect(second.headers.get('x-cap-requestid')).toMatch(/^sim-/)
  expect(bodyOf(second)).toMatchObject({ createdId: 701 })
})

test('Points of the enrolments come back as side effects', async () => {
  const { register } = await setup()
  const enrolments = [
    { programId: 469, loyaltyPoints: 75 },
    { programId: 470, loyaltyPoints: 0 },
  ]
  const reply = await register(member({ externalId: 'A' }, { loyaltyProgramEnrollments: enrolments }))
  expect(bodyOf(reply)).toMatchObject({
    sideEffects: [{ entityType: 'USER', rawAwardedPoints: 75, awardedPoints: 75, type: 'points' }],
  })
})

test('Coupons, alternate currencies and warning 8107 fall to the share of members that was asked for', async () => {
  const { register } = await setup({ shares: { coupon: 1, alternateCurrency: 1, noStatusLabel: 1 } })
  expect(bodyOf(await register(member({ externalId: 'A' })))).toMatchObject({
    warnings: [{ status: false, code: 8107, message: 'Default customer status label not set' }],
    sideEffects: [
      { type: 'alternate_currency', awardedValue: 110, alternateCurrencyName: 'ac1' },
      { type: 'coupon', couponCode: expect.stringMatching(/^[0-9A-Z]{7,}$/), validTill: '2030-12-31T23:59:59Z' },
    ],
  })
  const some = await setup({ shares: { coupon: 0.5 } })
  const replies = await Promise.all(
    Array.from({ length: 200 }, (_, index) => some.register(member({ externalId: `M${index}` }))),
  )
  const coupons = replies.filter(({ text }) => text.includes('"coupon"')).length
  expect(coupons).toBeGreaterThan(60)
  expect(coupons).toBeLessThan(140)
})

test.each([
  ['the same external id', { externalId: 'A' }],
  ['the same mobile under another external id', { externalId: 'B', mobile: '919876543210' }],
  ['the same mobile without its country code', { mobile: '9876543210' }],
  ['the same e-mail in capitals', { email: 'ASHA@EXAMPLE.COM' }],
])('A member who exists is refused with their id: %s', async (_what, identifiers) => {
  const { register, simulator } = await setup({ firstId: 700 })
  await register(member({ externalId: 'A', mobile: '919876543210', email: 'asha@example.com' }))
  const again = await register(member(identifiers))
  expect(again.status).toBe(500)
  expect(bodyOf(again)).toEqual(envelope(8006, 'Add failed, Customer already exists with id 700 for same source'))
  expect(simulator.stats()).toMatchObject({ customers: 1, registrations: 1, exists: 1, doubleRegistrations: 0 })
})

test.each([200, 400, 500] as const)(
  'The status of a business error is the one asked for: %d',
  async (businessStatus) => {
    const { register } = await setup({ businessStatus })
    expect((await register(member({}))).status).toBe(businessStatus)
  },
)

test('A card number tells nobody apart, as in the samples of the API', async () => {
  const { register } = await setup()
  await register(member({ externalId: 'A', cardnumber: '12345678' }))
  expect((await register(member({ externalId: 'B', cardnumber: '12345678' }))).status).toBe(200)
})

test('A member of another source is merged, with warnings', async () => {
  const { register, simulator } = await setup({ firstId: 700 })
  await register(member({ mobile: '919876543210' }))
  const merged = await register(member({ mobile: '919876543210', externalId: 'W' }, {}, 'WEBSITE'))
  expect(bodyOf(merged)).toEqual({
    createdId: 700,
    warnings: [
      { status: false, code: 8050, message: 'Same Customer found in other sources,Combining' },
      { status: false, code: 8051, message: 'Merging with userId 700' },
    ],
    sideEffects: [],
  })
  expect(simulator.customers()).toEqual([
    {
      id: 700,
      identifiers: ['mobile:919876543210', 'externalId:W'],
      sources: ['INSTORE', 'WEBSITE'],
      points: 0,
      links: [],
    },
  ])
  expect((await register(member({ externalId: 'W' }, {}, 'WEBSITE'))).text).toContain('with id 700')
})

test('Invalid mobiles and e-mails are dropped with a warning while another identifier remains', async () => {
  const { register, simulator } = await setup()
  const reply = await register(member({ mobile: '+91 98765', email: 'asha at example.com', externalId: 'A' }))
  expect(bodyOf(reply)).toMatchObject({
    createdId: expect.any(Number),
    warnings: [{ code: 8056 }, { code: 8055 }],
  })
  expect(simulator.customers()).toMatchObject([{ identifiers: ['externalId:A'] }])
})

test('Invalid communication channels are dropped with a warning', async () => {
  const { register } = await setup()
  const profile = {
    identifiers: [{ type: 'externalId', value: 'A' }],
    commChannels: [
      { type: 'mobile', value: 'x' },
      { type: 'email', value: 'x' },
    ],
    source: 'INSTORE',
  }
  expect(bodyOf(await register({ profiles: [profile] }))).toMatchObject({ warnings: [{ code: 8058 }, { code: 8057 }] })
})

test.each([
  ['no identifiers', member({}), 8005],
  ['no valid identifier', member({ mobile: 'x', email: 'y' }), 8005],
  ['an empty identifier alone', member({ externalId: '' }), 8005],
  ['a source that is none', member({ externalId: 'A' }, {}, 'Instore'), 3217],
  ['no source', { profiles: [{ identifiers: [{ type: 'externalId', value: 'A' }] }] }, 8004],
])('A registration with %s is refused', async (_what, body, code) => {
  const { register, simulator } = await setup()
  const reply = await register(body)
  expect(reply.status).toBe(500)
  expect(bodyOf(reply)).toEqual(envelope(code, expect.any(String)))
  expect(simulator.stats().customers).toBe(0)
})

test('The source may stand in the query', async () => {
  const { post } = await setup()
  const body = { profiles: [{ identifiers: [{ type: 'externalId', value: 'A' }] }] }
  expect((await post('/v2/customers?source=WECHAT&accountId=9', body)).status).toBe(200)
})

test.each([['{"profiles": ['], ['[]'], ['{}'], ['{"profiles":[]}'], ['{"profiles":["x"]}'], ['']])(
  'A body that is none is refused with 400: %s',
  async (text) => {
    const { post } = await setup()
    const reply = await post('/v2/customers', text)
    expect(reply.status).toBe(400)
    expect(bodyOf(reply)).toEqual(envelope(400, expect.stringContaining('Input is invalid')))
  },
)

test.each([
  ['SIM-8017-a', 500, 8017, 'Invalid registration date'],
  ['SIM-4000-a', 403, 4000, 'Not authorized. Access is denied!'],
  ['SIM-4001-a', 503, 4001, 'Authorization status unavailable!'],
  ['SIM-400-a', 400, 400, 'Input is invalid, Please check request parameters or input xml/json'],
  ['SIM-8006-a', 500, 8006, 'Customer already exists for same source'],
  ['SIM-4711-a', 500, 4711, 'Error 4711'],
])('An external id names the error wanted: %s', async (externalId, status, code, message) => {
  const { register } = await setup()
  const reply = await register(member({ externalId }))
  expect(reply.status).toBe(status)
  expect(bodyOf(reply)).toEqual(envelope(code, message))
})

test('An external id may name an error that passes', async () => {
  const { register } = await setup()
  const statuses = []
  for (let attempt = 0; attempt < 3; attempt += 1) {
    statuses.push((await register(member({ externalId: 'SIM-521x2-a' }))).status)
  }
  expect(statuses).toEqual([500, 500, 200])
})

test('An external id may name a warning', async () => {
  const { register } = await setup()
  expect(bodyOf(await register(member({ externalId: 'SIMW-8077-a' })))).toMatchObject({
    createdId: expect.any(Number),
    warnings: [{ status: false, code: 8077, message: 'Invalid associatedWith, attribution not updated' }],
  })
})

test('Without state a member gets the same id every time', async () => {
  const { register, simulator } = await setup({ stateless: true })
  const first = bodyOf(await register(member({ externalId: 'A' })))
  expect(bodyOf(await register(member({ externalId: 'A' })))).toEqual(first)
  expect(bodyOf(await register(member({ externalId: 'B' })))).not.toEqual(first)
  expect(simulator.members()).toEqual([])
})
