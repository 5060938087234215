import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { deliverBatch } from '../../workers/deliver-batch.ts'
import type { DeliveryTools } from '../../workers/visit.ts'
import { errors, reply } from '../capillary/replies.ts'
import { setup } from './one-pass.ts'

/** A machine that is busy with other things is no failure. */
const PATIENTLY = { timeout: 60_000 }

const start = Date.parse('2026-11-22T00:00:00Z')

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: start })
})
afterEach(() => {
  vi.useRealTimers()
})

const added = { createdId: 9, warnings: [] }
const known = errors(8006, 'Customer already exists with id 9')

describe('a refusal because of the pace', () => {
  test('holds the lane, is told with the end of it, and costs the row no attempt', async () => {
    const { batch, closing, notices, tools, traffic } = await setup({
      rows: [{}],
      api: () => reply(429, errors(429, 'Daily quota exceeded'), { 'retry-after': '30' }),
    })
    const notify: DeliveryTools['notify'] = async (run, notice) => {
      closing.abort()
      return tools.notify(run, notice)
    }
    expect(await deliverBatch(batch, { ...tools, notify })).toMatchObject({ kind: 'later' })
    expect(batch.row(1)).toMatchObject({ attempts: 0, sent: 1 })
    const words = { lane: 'register', since: start, until: start + 30_000, reason: 'HTTP 429: Daily quota exceeded' }
    expect(notices).toEqual([{ run: 'run', notice: { kind: 'throttled', ...words } }])
    expect(traffic()).toMatchObject([{ requests: 1, throttled: 1 }])
  })

  test('that the token endpoint gives holds the lane once, however many wait for a token', async () => {
    const { batch, closing, notices, tools, traffic } = await setup({ rows: [{}, {}, {}], api: () => reply(200, {}) })
    const noToken = reply(429, errors(429, 'Too many tokens'), { 'retry-after': '30' })
    let asked = 0
    const account = {
      clear: () => Promise.resolve((asked += 1) <= 3 ? noToken : ('open' as const)),
      isReady: () => true,
    }
    const passing = deliverBatch(batch, { ...tools, account })
    await vi.waitFor(() => expect(asked).toBeGreaterThan(3), PATIENTLY)
    closing.abort()
    await passing
    expect(notices).toMatchObject([{ notice: { kind: 'throttled', reason: 'HTTP 429: Too many tokens' } }])
    expect(traffic()).toMatchObject([{ requests: 0, throttled: 1 }])
  })

  test.each([
    ['that a host which is not well asks for', 503, known, { slower: false }, 'the host asks for it', 0],
    ['of a 429', 429, added, { slower: true }, 'HTTP 429, beside answers', 1],
  ])('is heeded as well %s beside its answer', async (_what, status, body, how, reason, throttled) => {
    const { batch, notices, outcomes, tools, traffic } = await setup({
      rows: [{}],
      api: () => reply(status, body, { 'retry-after': '30' }),
    })
    const held: unknown[] = []
    const pacer: DeliveryTools['pacer'] = {
      ...tools.pacer,
      hold: (...hold) => (held.push(hold), tools.pacer.hold(...hold)),
    }
    await deliverBatch(batch, { ...tools, pacer })
    expect(outcomes()).toMatchObject([{ customerId: '9' }])
    expect(held).toEqual([[30_000, how]])
    expect(notices).toMatchObject([{ notice: { kind: 'throttled', reason } }])
    expect(traffic()).toMatchObject([{ requests: 1, throttled }])
  })

  test('that the host gives while it is away holds the lane as well, and counts as no word about the pace', async () => {
    const { batch, closing, notices, tools, traffic } = await setup({
      rows: [{}],
      api: () => reply(503, '<title>Down for maintenance</title>', { 'retry-after': '30' }),
    })
    const held: unknown[] = []
    const pacer: DeliveryTools['pacer'] = {
      ...tools.pacer,
      hold: (...hold) => (held.push(hold), tools.pacer.hold(...hold)),
    }
    expect(await deliverBatch(batch, { ...tools, pacer })).toMatchObject({ kind: 'later' })
    closing.abort()
    expect(held).toEqual([[30_000, { slower: false }]])
    expect(notices).toMatchObject([{ notice: { reason: expect.stringContaining('Down for maintenance') } }])
    expect(traffic()).toMatchObject([{ requests: 1, throttled: 0 }])
  })
})
