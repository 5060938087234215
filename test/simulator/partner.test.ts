import { expect, test } from 'vitest'
import type { Json } from '../../src/model.ts'
import { bodyOf, envelope, linking, member, setup } from './setup.ts'

const tiering = (updatedTierName: string, more: Record<string, Json> = {}, partnerProgramName = 'Goldstar'): Json => ({
  customer: { externalId: 'A' },
  partnerProgramUpdates: [{ partnerProgramName, updateType: 'UPGRADE', updateDetails: { updatedTierName }, ...more }],
})
const unlinking = (...programs: string[]): Json => ({
  customer: { externalId: 'A' },
  deLinkFromPartnerPrograms: programs.map((partnerProgramName) => ({ partnerProgramName })),
})

async function withLink(options: Parameters<typeof setup>[0] = {}) {
  const bundle = await setup({ firstId: 700, now: () => Date.parse('2026-03-01T18:00:00Z'), ...options })
  await bundle.register(member({ externalId: 'A' }))
  await bundle.link(linking({ externalId: 'A' }, 'P', { partnerTierName: 'Base' }))
  return bundle
}

test('A tier is changed, and so its expiry', async () => {
  const { tier, simulator } = await withLink()
  const details = { updatedTierName: 'Silver', updatedTierExpiryDate: '2027-12-29T23:59:59+05:30' }
  expect(bodyOf(await tier(tiering('', { updateDetails: details })))).toEqual({
    customersPartnerUpdates: [
      {
        customer: {
          id: 700,
          mobile: '',
          email: '',
          externalId: 'A',
          status: { status: true, message: 'Customer successfully retrieved', code: 1000 },
        },
        partnerProgramUpdates: [
          {
            partnerProgramName: 'Goldstar',
            updateType: 'UPGRADE',
            updateStatus: { status: true, message: 'Success', code: 200 },
          },
        ],
      },
    ],
    warnings: [],
  })
  expect(simulator.profile('externalId', 'A')?.tiers).toEqual({
    Goldstar: { tier: 'Silver', expiry: '2027-12-29T23:59:59+05:30' },
  })
})

test.each([
  ['another program', tiering('Silver', {}, 'Bluewing'), 2004],
  ['a program that is none', tiering('Silver', {}, 'Tinstar'), 2006],
  ['a tier that is none', tiering('Tin'), 2007],
  ['no tier', tiering(''), 2002],
  ['an update that is none', tiering('Silver', { updateType: 'UPDATE' }), 2009],
  [
    'an expiry in the past',
    tiering('', { updateDetails: { updatedTierName: 'Silver', updatedTierExpiryDate: '2026-02-28T00:00:00Z' } }),
    2003,
  ],
])('A tier update with %s fails', async (_what, entry, code) => {
  const { tier, simulator } = await withLink({
    programs: ['Goldstar', 'Bluewing'],
    org: { partnerTiers: ['Base', 'Silver'] },
  })
  expect(bodyOf(await tier(entry))).toMatchObject({
    customersPartnerUpdates: [{ partnerProgramUpdates: [{ updateStatus: { status: false, code } }] }],
  })
  expect(simulator.stats().tiersChanged).toBe(0)
})

test('A relink that waits is cancelled without details', async () => {
  const { tier } = await withLink()
  const entry = tiering('', { updateType: 'MEMBERSHIP_RELINKING_CANCELLED' })
  expect((await tier(entry)).text).toContain('"status":true,"message":"Success"')
})

test('A link is taken out once', async () => {
  const { unlink, simulator } = await withLink()
  expect(bodyOf(await unlink(unlinking('Goldstar')))).toMatchObject({
    deLinkCustomers: [
      {
        deLinkFromPartnerPrograms: [
          { partnerProgramName: 'Goldstar', partnerDeLinkStatus: { status: true, code: 200 } },
        ],
      },
    ],
  })
  expect(simulator.customers()).toMatchObject([{ links: [] }])
  expect((await unlink(unlinking('Goldstar'))).text).toContain('"code":2004')
  expect(simulator.stats().unlinked).toBe(1)
})

test('Both may answer in the shape of the other', async () => {
  const { unlink, tier } = await withLink({ org: { partnerReplies: 'swapped' } })
  expect(bodyOf(await tier(tiering('Silver')))).toMatchObject({
    deLinkCustomers: [{ deLinkFromPartnerPrograms: [{ partnerDeLinkStatus: { status: true } }] }],
  })
  expect(bodyOf(await unlink(unlinking('Goldstar')))).toMatchObject({
    customersPartnerUpdates: [{ partnerProgramUpdates: [{ updateStatus: { status: true } }] }],
  })
})

test('A program may be missing from a reply though it is done', async () => {
  const { unlink, link, simulator } = await withLink({ faults: { programsMissing: 1 } })
  await link(linking({ externalId: 'A' }, 'P', {}, 'Bluewing'))
  expect(bodyOf(await unlink(unlinking('Goldstar', 'Bluewing')))).toMatchObject({
    deLinkCustomers: [{ deLinkFromPartnerPrograms: { length: 1 } }],
  })
  expect(simulator.stats().unlinked).toBe(2)
})

test('A customer whom nobody registered has no programs', async () => {
  const { unlink } = await setup()
  expect(bodyOf(await unlink(unlinking('Goldstar')))).toEqual({
    deLinkCustomers: [
      { customer: { externalId: 'A', status: { status: false, code: 400, message: expect.any(String) } } },
    ],
    warnings: [],
  })
})

test('Fifty-one customers are refused as a whole, and so is a body that is none', async () => {
  const { tier, post } = await withLink()
  expect(bodyOf(await tier(...Array.from({ length: 51 }, () => tiering('Silver'))))).toEqual(
    envelope(2008, expect.any(String)),
  )
  expect((await post('/v2/partnerProgram/deLinkCustomer', '{')).status).toBe(400)
})

test('An identifier names a failure of one of the calls', async () => {
  const { tier, unlink } = await setup({ knowsEveryone: true })
  const who = { externalId: 'SIM-unlink-2010-a' }
  expect((await unlink({ customer: who, deLinkFromPartnerPrograms: [{ partnerProgramName: 'G' }] })).text).toContain(
    '2010',
  )
  const entry = { customer: who, partnerProgramUpdates: [{ partnerProgramName: 'G', updateType: 'RENEW' }] }
  expect((await tier(entry)).text).toContain('2004')
})
