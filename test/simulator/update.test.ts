import { expect, test } from 'vitest'
import { bodyOf, envelope, linking, member, setup } from './setup.ts'

const profile = {
  firstName: 'Asha',
  lastName: 'Rao',
  identifiers: [{ type: 'externalId', value: 'A' }],
  source: 'INSTORE',
}
const body = {
  profiles: [{ ...profile, fields: { hobby: 'chess' } }],
  extendedFields: { city: 'Pune', gender: 'Female' },
}

async function withMember(options: Parameters<typeof setup>[0] = {}) {
  const bundle = await setup({ firstId: 700, ...options })
  await bundle.register(body)
  return bundle
}

test('An update leaves what it does not name', async () => {
  const { update, simulator } = await withMember()
  const reply = await update('A', { profiles: [{ lastName: 'Iyer' }], extendedFields: { city: 'Goa' } })
  expect(bodyOf(reply)).toEqual({ createdId: 700, warnings: [], sideEffects: [] })
  expect(simulator.profile('externalId', 'A')).toMatchObject({
    fields: {
      firstName: 'Asha',
      lastName: 'Iyer',
      'fields.hobby': 'chess',
      'extendedFields.city': 'Goa',
      'extendedFields.gender': 'Female',
    },
    updates: { v1: 0, v2: 1 },
  })
  await update('A', { profiles: [{ lastName: 'Iyer' }] })
  expect(simulator.stats()).toMatchObject({ updates: 2, updatesInVain: 1, emptyValues: 0 })
})

test('Or it clears what it does not name', async () => {
  const { update, simulator } = await withMember({ org: { put: 'replace' } })
  await update('A', { profiles: [{ lastName: 'Iyer' }], extendedFields: { city: 'Goa' } })
  expect(simulator.profile('externalId', 'A')?.fields).toEqual({ lastName: 'Iyer', 'extendedFields.city': 'Goa' })
})

test('A list of channels takes the place of the one before, also where it is empty', async () => {
  const { update, simulator } = await withMember()
  const channel = { type: 'email', value: 'no mail', primary: 'true' }
  expect(bodyOf(await update('A', { profiles: [{ commChannels: [channel] }] }))).toMatchObject({
    warnings: [{ code: 8057 }],
  })
  await update('A', { profiles: [{ commChannels: [] }] })
  expect(simulator.profile('externalId', 'A')?.fields).toMatchObject({ commChannels: '[]' })
})

test('Identifiers are added, and make one account of two', async () => {
  const { update, register, simulator } = await withMember()
  await register(member({ externalId: 'B', mobile: '919876543210' }))
  await update('A', { profiles: [{ identifiers: [{ type: 'email', value: 'a@example.test' }] }] })
  expect(simulator.profile('email', 'a@example.test')?.id).toBe(700)
  const merging = { profiles: [{ identifiers: [{ type: 'mobile', value: '919876543210' }] }] }
  expect(bodyOf(await update('A', merging))).toMatchObject({ createdId: 700, warnings: [{ code: 8051 }] })
  expect(simulator.stats()).toMatchObject({ takenIn: 1, customers: 1 })
})

test('Enrolments credit their points each time', async () => {
  const { update, simulator } = await withMember()
  const enrolment = { loyaltyProgramEnrollments: [{ programId: 1, loyaltyPoints: 5 }] }
  await update('A', enrolment)
  await update('A', enrolment)
  expect(simulator.customers()).toMatchObject([{ points: 10 }])
})

test('Empty values are stored, and counted', async () => {
  const { update, simulator } = await withMember()
  await update('A', { profiles: [{ lastName: '' }], extendedFields: { city: null } })
  expect(simulator.profile('externalId', 'A')?.fields).toMatchObject({ lastName: '', 'extendedFields.city': '' })
  expect(simulator.stats().emptyValues).toBe(2)
})

test.each([
  ['of nobody', 'B', {}, 8015],
  ['towards no loyalty', 'A', { loyaltyInfo: { loyaltyType: 'non_loyalty' } }, 8018],
  ['that its identifier names', 'SIM-update-8009-a', {}, 8009],
])('An update %s is refused', async (_what, externalId, change, code) => {
  const { update } = await withMember()
  const reply = await update(externalId, change)
  expect(reply.status).toBe(500)
  expect(bodyOf(reply)).toEqual(envelope(code, expect.any(String)))
})

test('An identifier may name a warning of updates alone', async () => {
  const { update, register } = await setup()
  expect(bodyOf(await register(member({ externalId: 'SIMW-update-8068-a' })))).toMatchObject({ warnings: [] })
  expect(bodyOf(await update('SIMW-update-8068-a', {}))).toMatchObject({ warnings: [{ code: 8068 }] })
})

test('A member whose request is under way is busy', async () => {
  const { update, link, simulator } = await withMember({ latencyMs: 100 })
  const replies = await Promise.all([link(linking({ externalId: 'A' })), update('A', {})])
  expect(replies.map(({ text }) => text.includes('"code":521'))).toContain(true)
  expect(simulator.stats().busy).toBe(1)
})
