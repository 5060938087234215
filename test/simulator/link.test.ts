import { expect, test } from 'vitest'
import { bodyOf, envelope, linking, member, setup } from './setup.ts'

test('A member is linked, and comes back with every identifier, normalised', async () => {
  const { register, link, simulator } = await setup({ firstId: 700 })
  await register(member({ mobile: '6215000000', email: 'A@Mail.com', externalId: 'X1' }))
  const reply = await link(linking({ mobile: '6215000000', email: '', externalId: '' }))
  expect(reply.status).toBe(200)
  expect(bodyOf(reply)).toEqual({
    linkCustomers: [
      {
        customer: {
          id: 700,
          mobile: '916215000000',
          email: 'a@mail.com',
          externalId: 'X1',
          status: { status: true, message: 'Customer successfully retrieved', code: 1000 },
        },
        linkToPartnerPrograms: [
          { partnerProgramName: 'Goldstar', partnerLinkStatus: { status: true, message: 'Success', code: 200 } },
        ],
      },
    ],
    warnings: [],
  })
  expect(simulator.customers()).toMatchObject([{ links: ['Goldstar'] }])
})

test('A customer is found by id', async () => {
  const { register, link } = await setup({ firstId: 700 })
  await register(member({ externalId: 'X1' }))
  expect((await link(linking({ id: 700 }))).text).toContain('"externalId":"X1"')
})

test('A customer whom nobody registered has no status for the program', async () => {
  const { link, simulator } = await setup()
  expect(bodyOf(await link(linking({ externalId: 'X1' })))).toEqual({
    linkCustomers: [
      {
        customer: {
          externalId: 'X1',
          status: {
            status: false,
            message: 'Cannot find customer for provided mobile/external-id/e-mail/id',
            code: 400,
          },
        },
        linkToPartnerPrograms: [{ partnerProgramName: 'Goldstar' }],
      },
    ],
    warnings: [],
  })
  expect(simulator.stats()).toMatchObject({ linksMade: 0, unknownCustomers: 1 })
})

test('A simulator that knows everyone links whoever is not named NOBODY', async () => {
  const { link, simulator } = await setup({ knowsEveryone: true })
  const reply = await link(linking({ externalId: 'X1' }), linking({ externalId: 'NOBODY-1' }))
  expect(bodyOf(reply)).toMatchObject({
    linkCustomers: [{ customer: { status: { status: true } } }, { customer: { status: { status: false } } }],
  })
  expect(simulator.stats()).toMatchObject({ linksMade: 1, customers: 1, registrations: 0 })
})

test('A link that is there already is 2005, and not made again', async () => {
  const { link, simulator } = await setup({ knowsEveryone: true })
  await link(linking({ externalId: 'X1' }))
  expect(bodyOf(await link(linking({ externalId: 'X1' })))).toMatchObject({
    linkCustomers: [
      {
        linkToPartnerPrograms: [
          {
            partnerLinkStatus: {
              status: false,
              message: 'Customer is already linked with the partner program',
              code: 2005,
            },
          },
        ],
      },
    ],
  })
  expect(simulator.stats()).toMatchObject({ linksMade: 1, alreadyLinked: 1, linksMadeTwice: 0 })
})

test.each([
  ['an unknown program', linking({ externalId: 'X' }, 'P', {}, 'Tinstar'), 2006, 'Partner program not found'],
  ['no program name', linking({ externalId: 'X' }, 'P', {}, ''), 2002, 'Empty or null partnerProgramName'],
  [
    'an expiry in the past',
    linking({ externalId: 'X' }, 'P', { partnerTierExpiryDate: '2020-01-01T00:00:00+05:30' }),
    2003,
    'partner tier expiry date should be future date or today date',
  ],
  [
    'an expiry that is no date',
    linking({ externalId: 'X' }, 'P', { partnerTierExpiryDate: 'soon' }),
    400,
    'ERR_PE_INVALID_DATA',
  ],
  [
    'a start that is no date',
    linking({ externalId: 'X' }, 'P', { membershipStartDate: 'soon' }),
    400,
    'ERR_PARTNER_MEMBERSHIP_START_DATE',
  ],
  ['a membership that names 2001', linking({ externalId: 'X' }, 'SIM-2001-a'), 2001, 'partner program event failed'],
  ['a membership that names a failed success', linking({ externalId: 'X' }, 'SIM-200-a'), 200, 'Success'],
  [
    'a membership that names the other 2005',
    linking({ externalId: 'X' }, 'SIM-2005-a'),
    2005,
    'Enroll the customer in the Loyalty Program',
  ],
])('A link with %s fails alone', async (_what, element, code, message) => {
  const { link, simulator } = await setup({ knowsEveryone: true, programs: ['Goldstar'] })
  const reply = await link(element, linking({ externalId: 'Y' }))
  expect(reply.status).toBe(200)
  expect(bodyOf(reply)).toMatchObject({
    linkCustomers: [
      { linkToPartnerPrograms: [{ partnerLinkStatus: { status: false, code, message } }] },
      { linkToPartnerPrograms: [{ partnerLinkStatus: { status: true } }] },
    ],
  })
  expect(simulator.stats().linksMade).toBe(1)
})

test('An expiry of today is taken, and so is a space before the offset', async () => {
  const { link, simulator } = await setup({ knowsEveryone: true, now: () => Date.parse('2026-03-01T18:00:00Z') })
  await link(linking({ externalId: 'A' }, 'P', { partnerTierExpiryDate: '2026-03-01T00:00:00+00:00' }))
  await link(linking({ externalId: 'B' }, 'P', { membershipStartDate: '2025-12-23T17:55:00 +05:30' }))
  await link(linking({ externalId: 'C' }, 'P', { partnerTierExpiryDate: '2026-02-28T23:59:59+00:00' }))
  expect(simulator.stats().linksMade).toBe(2)
})

test('Fifty customers are taken, fifty-one are refused as a whole', async () => {
  const { link, simulator } = await setup({ knowsEveryone: true })
  const customers = Array.from({ length: 51 }, (_, index) => linking({ externalId: `X${index}` }))
  const refused = await link(...customers)
  expect(refused.status).toBe(400)
  expect(bodyOf(refused)).toEqual(envelope(2008, 'Cannot process if partner program limit is more than `50`'))
  expect(simulator.stats().linksMade).toBe(0)
  await link(...customers.slice(1))
  expect(simulator.stats().linksMade).toBe(50)
})

test('A poisonous membership has its whole request refused, as long as it is in it', async () => {
  const { link, simulator } = await setup({ knowsEveryone: true })
  const good = linking({ externalId: 'A' })
  const reply = await link(good, linking({ externalId: 'B' }, 'POISON-1'))
  expect(reply.status).toBe(400)
  expect(bodyOf(reply)).toEqual(envelope(400, expect.any(String)))
  expect(simulator.stats().linksMade).toBe(0)
  expect((await link(good)).status).toBe(200)
})

test.each(['{', '{}', '{"linkCustomers":{}}', '{"linkCustomers":[]}'])(
  'A body that is none is refused: %s',
  async (text) => {
    const { post } = await setup()
    expect((await post('/v2/partnerProgram/linkCustomer', text)).status).toBe(400)
  },
)

test('Without state every link succeeds, as often as it is asked for', async () => {
  const { link, simulator } = await setup({ stateless: true })
  for (let time = 0; time < 2; time += 1) {
    expect((await link(linking({ externalId: 'A' }))).text).toContain('"partnerLinkStatus":{"status":true')
  }
  expect(simulator.stats()).toMatchObject({ linksMade: 2, customers: 0 })
})
