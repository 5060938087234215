import { expect, test } from 'vitest'
import { bodyOf, setup } from './setup.ts'

const asha = { mobile: '919000000101', email: 'asha@example.test', external_id: 'M-101', firstname: 'Asha' }

async function withMembers(options: Parameters<typeof setup>[0] = {}) {
  const bundle = await setup({ firstId: 700, ...options })
  await bundle.add(
    { ...asha, extended_fields: { field: [{ name: 'dob', value: '1990/02/03' }] } },
    { external_id: 'M-102' },
    { external_id: 'M-103' },
  )
  return bundle
}

test('Members come back in the order asked for, each with what was stored of it', async () => {
  const { look } = await withMembers()
  const reply = await look('external_id=M-102,M-101')
  expect(reply.status).toBe(200)
  expect(bodyOf(reply)).toMatchObject({
    response: {
      status: { success: 'true', code: 200, total: '2', success_count: '2' },
      customers: {
        customer: [
          { user_id: 701, external_id: 'M-102' },
          {
            user_id: 700,
            extended_fields: { field: [{ name: 'dob', value: '1990-02-03 00:00:00' }] },
            item_status: { success: 'true', code: '1000', message: 'Customer successfully retrieved' },
          },
        ],
      },
    },
  })
})

test.each(['mobile=9000000101', 'email=ASHA@example.test', 'id=700', 'mobile=919000000101&basic=true'])(
  'A member is found by any identifier: %s',
  async (query) => {
    const { look } = await withMembers()
    expect((await look(query)).text).toContain('"user_id":700')
  },
)

test('Who is not there has an item that does not say who', async () => {
  const { look } = await withMembers()
  const reply = await look('external_id=M-101,NOBODY')
  expect(bodyOf(reply)).toMatchObject({
    response: {
      status: { code: 201 },
      customers: { customer: [{ user_id: 700 }, { item_status: { success: 'false', code: '1012' } }] },
    },
  })
  expect(reply.text).not.toContain('NOBODY')
  expect((await look('id=1')).text).toContain('"code":"1011"')
})

test('A comma parts two identifiers, escaped or not', async () => {
  const { look } = await withMembers()
  expect(bodyOf(await look('external_id=M-101%2CM-102'))).toMatchObject({ response: { status: { total: '2' } } })
})

test('Asking for nobody is refused, and asking for too many', async () => {
  const { look } = await withMembers({ org: { batch: { get: 2 } } })
  expect((await look('')).status).toBe(400)
  expect((await look('external_id=,')).status).toBe(400)
  expect(bodyOf(await look('id=1,2,3'))).toMatchObject({
    response: { status: { code: 1060, message: 'Exceeded maximum limit size of 2' } },
  })
})

test.each([
  ['warning', { code: '1000', warnings: { warning: ['91009'] } }],
  ['code', { success: 'true', code: '91009', warnings: { warning: ['91009'] } }],
] as const)('A member whom another took in is answered with that one: %s', async (survivorAs, item_status) => {
  const { look, simulator } = await withMembers({ org: { survivorAs } })
  expect(simulator.takeIn(700, 701)).toBe(true)
  expect(simulator.takeIn(700, 999)).toBe(false)
  for (const query of ['external_id=M-102', 'id=701']) {
    expect(bodyOf(await look(query))).toMatchObject({
      response: { customers: { customer: [{ user_id: 700, item_status }] } },
    })
  }
  expect((await look('external_id=M-101')).text).not.toContain('91009')
  expect(simulator.customers().map(({ id }) => id)).toEqual([700, 702])
})

test('With a primary identifier, members are found by no other but their id', async () => {
  const { look } = await withMembers({ primaryIdentifier: 'mobile' })
  expect((await look('external_id=M-101')).text).toContain('1012')
  expect((await look('id=700')).text).toContain('"user_id":700')
})

test('Look-ups meet the oddities of V1 too', async () => {
  const { look, simulator } = await withMembers()
  simulator.setFaults({ v1Fewer: 1 })
  expect(bodyOf(await look('external_id=M-101,M-102'))).toMatchObject({
    response: { customers: { customer: expect.objectContaining({ length: 1 }) } },
  })
})
