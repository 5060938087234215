import { expect, test } from 'vitest'
import type { FaultName } from '../../src/simulator/faults.ts'
import { bodyOf, isLost, setup } from './setup.ts'

const three = ['A', 'B', 'C'].map((external_id) => ({ external_id, firstname: external_id }))

/** The parts of the reply that the faults change. */
async function reply(fault: FaultName, customers: object[] = three) {
  const { add, look, simulator } = await setup({ faults: { [fault]: 1 }, firstId: 700 })
  const sent = await add(...(customers as { external_id: string }[]))
  return { ...sent, body: bodyOf(sent), stats: simulator.stats(), look, simulator, add }
}

const top = (success: unknown, code: unknown) => ({ success, code })
const item = (user_id: number) => ({ user_id, item_status: { code: '1000' } })

test.each<[FaultName, unknown, unknown]>([
  ['v1Fewer', top('true', 200), expect.objectContaining({ length: 2 })],
  ['v1Reordered', top('true', 200), [item(701), item(702), item(700)]],
  ['v1Empty', top('true', 200), [{}, item(701), {}]],
  ['v1Bare', top('true', 200), [item(700), item(701), item(702)]],
  ['v1Top201', top('true', 201), [item(700), item(701), item(702)]],
  ['v1HidesExternalId', top('true', 200), [{ external_id: null }, { external_id: null }, { external_id: null }]],
])('%s is all done, and its reply is odd', async (fault, status, customer) => {
  const { body, stats, status: http } = await reply(fault)
  expect(http).toBe(200)
  expect(body).toMatchObject({ response: { status, customers: { customer } } })
  expect(stats).toMatchObject({ registrations: 3, faults: { [fault]: 1 } })
})

test('v1Bare has items without any identifier', async () => {
  const { text } = await reply('v1Bare')
  expect(text).not.toMatch(/external_id|mobile|email/)
})

test('v1Empty has one empty item where all have failed', async () => {
  const { body, status } = await reply('v1Empty', [{ mobile: 'x' }, { mobile: 'y' }])
  expect(status).toBe(500)
  expect(body).toMatchObject({ response: { status: { code: 500 }, customers: { customer: [{}] } } })
})

test('v1None has no items, though all is done', async () => {
  const { body, stats } = await reply('v1None')
  expect(body).not.toHaveProperty('response.customers')
  expect(stats.registrations).toBe(3)
})

test('v1AllFailed has one empty item, and nothing is done', async () => {
  const { body, status, stats } = await reply('v1AllFailed')
  expect(status).toBe(500)
  expect(body).toMatchObject({ response: { status: { success: 'false', code: 500 }, customers: { customer: [{}] } } })
  expect(stats.registrations).toBe(0)
})

test('v1Top200 calls a whole success what failed', async () => {
  const { body, status } = await reply('v1Top200', [{ external_id: 'A' }, { mobile: 'x' }])
  expect(status).toBe(200)
  expect(body).toMatchObject({
    response: {
      status: { success: 'true', code: 200 },
      customers: { customer: [{ user_id: 700 }, { item_status: { success: 'false', code: '1001' } }] },
    },
  })
})

test('v1Loose has an object for a list of one, numbers for texts, and nothing around it', async () => {
  const { body } = await reply('v1Loose', [{ external_id: 'A', custom_fields: { field: [{ name: 'a', value: 'b' }] } }])
  expect(body).toMatchObject({
    status: { success: true, code: '200' },
    customers: {
      customer: {
        user_id: '700',
        custom_fields: { field: { name: 'a', value: 'b' } },
        extended_fields: { field: '' },
        item_status: { success: true, code: 1000, warnings: { warning: '' } },
      },
    },
  })
})

test.each([
  ['batch1060', 'Batch limit exceeded'],
  ['batch1060Number', 'Exceeded maximum limit size of 2'],
] as const)('%s refuses more than one member, and does nothing', async (fault, message) => {
  const { body, stats, add } = await reply(fault)
  expect(body).toMatchObject({ response: { status: { code: 1060, message } } })
  expect(stats.registrations).toBe(0)
  expect((await add({ external_id: 'A' })).status).toBe(200)
})

test('busy521 befalls one item', async () => {
  const { body, stats } = await reply('busy521')
  expect(body).toMatchObject({
    response: { status: { code: 201 }, customers: { customer: [{ item_status: { code: '521' } }, {}, {}] } },
  })
  expect(stats.registrations).toBe(2)
})

test('late is carried out after its connection is gone', async () => {
  const { add, look, simulator } = await setup({ faults: { late: 1 }, lateMs: 2_000 })
  expect(await isLost(add(...three))).toBe(true)
  simulator.setFaults({})
  expect((await look('external_id=A')).text).toContain('"code":"1012"')
  await expect.poll(() => simulator.stats().registrations, { timeout: 120_000 }).toBe(3)
  expect(simulator.stats()).toMatchObject({ replies: { lost: 1 } })
  expect(simulator.member('externalId', 'A')).toMatchObject({ created: 1 })
})

test('A 401 and a 429 come in the form of V1', async () => {
  const { add, simulator } = await setup({ limits: { 'register-v1': 0 } })
  const throttled = await add(...three)
  expect(throttled.status).toBe(429)
  expect(bodyOf(throttled)).toMatchObject({ response: { status: { code: 429, success: false } } })
  simulator.setFaults({ unauthorized: 1 })
  const free = await setup({ faults: { unauthorized: 1 } })
  expect(bodyOf(await free.add(...three))).toMatchObject({ response: { status: { code: 401 } } })
})
