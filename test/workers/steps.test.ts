import { expect, test } from 'vitest'
import type { ApiRequest } from '../../src/capillary/exchange.ts'
import type { Json } from '../../src/model.ts'
import { createPacer } from '../../src/pace/pacer.ts'
import { localSlots } from '../../src/pace/slots.ts'
import { laneNamed } from '../../src/lanes/lanes.ts'
import { deliverBatch } from '../../workers/deliver-batch.ts'
import type { OpenRow } from '../../workers/open-row.ts'
import { inRequests } from '../../workers/steps.ts'
import { reply } from '../capillary/replies.ts'
import { refused, registered, retrieved, v1Reply } from '../lanes/register-v1/v1-replies.ts'
import { setup } from './one-pass.ts'

const rowOf = (id: string, keep: boolean) => ({ request: { customer: { external_id: id }, keep } })
const customersIn = ({ body, query }: ApiRequest): readonly string[] => {
  const { root } = Object(body ?? {}) as { root?: { customer: { external_id: string }[] } }
  return root === undefined
    ? (query?.['external_id'] ?? '').split(',')
    : root.customer.map((customer) => customer.external_id)
}

/** A pass over rows of register-v1: what was sent, on whose pace, and what an API that takes `most` a request made of it. */
async function pass(ids: readonly string[], { keep = false, most = Infinity, there = [] as readonly string[] }) {
  const sent: { readonly method: string; readonly customers: readonly string[] }[] = []
  const marked: number[][] = []
  const learned = new Map<string, number>()
  const slots: string[] = []
  const { batch, tools, broker, outcomes, traffic } = await setup({
    lane: 'register-v1',
    rows: ids.map((id) => rowOf(id, keep)),
    api: (_rows, request) => {
      const customers = customersIn(request)
      sent.push({ method: request.method, customers })
      if (customers.length > most) {
        return reply(500, { response: { status: { success: 'false', code: 1060, message: 'Batch limit exceeded' } } })
      }
      const items = customers.map((id): Json => {
        if (request.method === 'POST') return registered({ external_id: id, user_id: Number(id.slice(1)) })
        return there.includes(id) ? retrieved({ external_id: id, user_id: Number(id.slice(1)) }) : refused(1012)
      })
      return v1Reply(items)
    },
  })
  broker.onMark = () => void marked.push([])
  const pacer = createPacer(localSlots())
  await deliverBatch(batch, {
    ...tools,
    pacer: { ...pacer, join: (ask, signal) => (slots.push('own'), pacer.join(ask, signal)) },
    pacerOf: (lane) => ({ ...pacer, join: (ask, signal) => (slots.push(lane), pacer.join(ask, signal)) }),
    batchSizes: {
      most: (lane) => learned.get(lane),
      learn: async (lane, rows) => void learned.set(lane, rows),
    },
  })
  return { sent, learned, slots, outcomes: outcomes(), traffic: traffic() }
}

const ids = Array.from({ length: 7 }, (_, at) => `M${at + 1}`)

test('rows go through look-ups first, on the limit of that lane, and then together on their own', async () => {
  const { sent, slots, outcomes, traffic } = await pass(ids, { keep: true, there: ['M3'] })
  expect(sent).toEqual([
    { method: 'GET', customers: ids },
    { method: 'POST', customers: ids.filter((id) => id !== 'M3') },
  ])
  expect(slots).toEqual(['look-up-v1', 'own'])
  expect(traffic).toMatchObject([
    { lane: 'look-up-v1', requests: 1, retries: 0 },
    { lane: 'register-v1', requests: 1, retries: 0 },
  ])
  const byRow = outcomes.toSorted((a, b) => a.row - b.row)
  expect(byRow.map(({ row, result, attempts }) => [row, result, attempts])).toEqual(
    ids.map((_, at) => [at + 1, at === 2 ? 'exists' : 'registered', at === 2 ? 1 : 2]),
  )
})

test('a request that is too large teaches how many go, without costing its rows an attempt', async () => {
  const { sent, learned, outcomes } = await pass(ids, { most: 2 })
  expect(sent.map(({ customers }) => customers.length)).toEqual([7, 3, 3, 1, 1, 1, 1, 1, 1, 1])
  expect(learned.get('register-v1')).toBe(1)
  expect(outcomes.map(({ customerId }) => Number(customerId)).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(new Set(outcomes.map(({ result }) => result))).toEqual(new Set(['registered']))
})

test('what look-ups may carry is learned apart', async () => {
  const { learned, sent } = await pass(ids.slice(0, 2), { keep: true, most: 1 })
  expect(Object.fromEntries(learned)).toEqual({ 'look-up-v1': 1, 'register-v1': 1 })
  expect(sent.filter(({ method }) => method === 'GET').map(({ customers }) => customers)).toEqual([
    ['M1', 'M2'],
    ['M1'],
    ['M2'],
  ])
})

test('a row that has one attempt left goes alone, so that no other fails with what one of them holds', () => {
  const rows = [0, 1, 2, 2, 0].map((attempts, at): OpenRow => {
    const request = { customer: { externalId: String(at) }, linkToPartnerPrograms: [] }
    return { row: at + 1, sent: attempts, attempts, request }
  })
  const sizes = { most: () => undefined, learn: () => Promise.resolve() }
  const rowsOf = (retryAttempts: number) =>
    inRequests(rows, laneNamed('link'), sizes, { retryAttempts }).map((shipment) => shipment.rows.map(({ row }) => row))
  expect(rowsOf(3)).toEqual([[1, 2, 5], [3], [4]])
  expect(rowsOf(4)).toEqual([[1, 2, 3, 4, 5]])
  // Whoever may try once tries with all others.
  expect(rowsOf(1)).toEqual([[1, 5], [2], [3], [4]])
})
