import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { FAULT_NAMES, FaultSource, parseFaults } from '../../src/simulator/faults.ts'
import type { FaultName } from '../../src/simulator/faults.ts'
import { bodyOf, envelope, isLost, linking, member, setup } from './setup.ts'

const body = member({ externalId: 'A' })

test.each(['lostBefore', 'lostAfter', 'resetHalfway'] as const)(
  '%s leaves no whole reply, and the next request goes through',
  async (fault) => {
    const { register, simulator } = await setup({ faults: { [fault]: 1 }, recordArrivals: true })
    expect(await isLost(register(body))).toBe(true)
    const done = fault !== 'lostBefore'
    expect(simulator.stats()).toMatchObject({ registrations: done ? 1 : 0, replies: { lost: 1 } })
    expect(simulator.arrivals()).toEqual([{ lane: 'register', at: expect.any(Number), status: 0 }])
    expect(simulator.member('externalId', 'A')).toMatchObject({ arrivals: { register: 1 }, answers: { register: 0 } })
    simulator.setFaults({})
    expect((await register(body)).status).toBe(done ? 500 : 200)
  },
)

test.each([
  ['http502', 502, 0],
  ['http503', 503, 0],
  ['http504', 504, 0],
  ['http520', 520, 0],
  ['http503RetryAfter', 503, 0],
  ['forbiddenPage', 403, 0],
  ['http504After', 504, 1],
] as const)('%s comes with HTML', async (fault, status, registrations) => {
  const { register, simulator } = await setup({ faults: { [fault]: 1 } })
  const reply = await register(body)
  expect(reply.status).toBe(status)
  expect(reply.headers.get('content-type')).toBe('text/html')
  expect(reply.text).toMatch(/^<!DOCTYPE html>/)
  expect(simulator.stats()).toMatchObject({ registrations, faults: { [fault]: 1 } })
  expect(simulator.member('externalId', 'A')).toMatchObject({ answers: { register: 0 } })
})

test('error500Body is JSON without an envelope', async () => {
  const { register, simulator } = await setup({ faults: { error500Body: 1 } })
  const reply = await register(body)
  expect(reply.status).toBe(500)
  expect(bodyOf(reply)).not.toHaveProperty('errors')
  expect(simulator.stats().registrations).toBe(0)
})

test('brokenJson is a reply of 200 cut short, after the work was done', async () => {
  const { register, simulator } = await setup({ faults: { brokenJson: 1 } })
  const reply = await register(body)
  expect(reply.status).toBe(200)
  expect(() => bodyOf(reply)).toThrow(SyntaxError)
  expect(reply.text).toMatch(/^\{"createdId"/)
  expect(simulator.stats().registrations).toBe(1)
})

test('unauthorized never meets the same request twice in a row', async () => {
  const { register, simulator } = await setup({ faults: { unauthorized: 1 } })
  const statuses = []
  for (let time = 0; time < 3; time += 1) statuses.push((await register(body)).status)
  expect(statuses).toEqual([401, 200, 401])
  expect((await register(member({ externalId: 'B' }))).status).toBe(401)
  expect(simulator.stats().registrations).toBe(1)
})

test('unauthorizedTwice meets the same request twice in a row, and then not', async () => {
  const { register } = await setup({ faults: { unauthorizedTwice: 1 } })
  const statuses = []
  for (let time = 0; time < 4; time += 1) statuses.push((await register(body)).status)
  expect(statuses).toEqual([401, 401, 200, 401])
})

test('A page stands before the API for what a request holds, whatever else befalls it', async () => {
  const { register, link, simulator } = await setup({ knowsEveryone: true })
  for (const status of [302, 403, 404]) {
    const reply = await register(member({ externalId: `PAGE-${status}-A` }))
    expect([reply.status, reply.headers.get('content-type')]).toEqual([status, 'text/html'])
  }
  expect((await link(linking({ externalId: 'A' }), linking({ externalId: 'PAGE-403-B' }))).status).toBe(403)
  expect(simulator.stats()).toMatchObject({ registrations: 0, linksMade: 0 })
})

test('A quota that is used up is 429 for good, without a time, on each lane for itself', async () => {
  const { register, link } = await setup({ quota: 1, knowsEveryone: true })
  expect((await register(body)).status).toBe(200)
  const reply = await register(body)
  expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, null])
  expect(reply.text).toContain('Daily quota exceeded')
  expect((await link(linking({ externalId: 'A' }))).status).toBe(200)
})

test.each([
  ['throttled429', null],
  ['throttled429RetryAfter', '1'],
] as const)('%s refuses without a limit', async (fault, retryAfter) => {
  const { register, simulator } = await setup({ faults: { [fault]: 1 } })
  const reply = await register(body)
  expect(reply.status).toBe(429)
  expect(reply.headers.get('retry-after')).toBe(retryAfter)
  expect(simulator.stats()).toMatchObject({ registrations: 0, lanes: { register: { throttled: 0 } } })
})

test('busy521 refuses a registration, and one customer of a link request', async () => {
  const { register, link, simulator } = await setup({ faults: { busy521: 1 }, knowsEveryone: true })
  const reply = await register(body)
  expect(reply.status).toBe(500)
  expect(bodyOf(reply)).toEqual(envelope(521, expect.stringContaining('Multiple actions')))
  expect(bodyOf(await link(linking({ externalId: 'X' }), linking({ externalId: 'Y' })))).toMatchObject({
    linkCustomers: [
      { linkToPartnerPrograms: [{ partnerLinkStatus: { status: false, code: 521 } }] },
      { linkToPartnerPrograms: [{ partnerLinkStatus: { status: true } }] },
    ],
  })
  expect(simulator.stats()).toMatchObject({ registrations: 0, linksMade: 1, busy: 0 })
})

test('slow takes as long as it was told, and succeeds', async () => {
  const { register } = await setup({ faults: { slow: 1 }, slowMs: 60 })
  const before = performance.now()
  expect((await register(body)).status).toBe(200)
  // A timer may fire a hair before its time.
  expect(performance.now() - before).toBeGreaterThan(55)
})

test('The token endpoint knows no 401, 403 page, 429 or 521', async () => {
  for (const fault of ['unauthorized', 'unauthorizedTwice', 'forbiddenPage', 'throttled429', 'busy521'] as const) {
    const { post } = await setup({ faults: { [fault]: 1 } })
    expect((await post('/v3/oauth/token/generate', { key: 'k', secret: 's' }, {})).status).toBe(200)
  }
})

test('Every other fault befalls the token endpoint too', async () => {
  const { post } = await setup({ faults: { http503: 1 } })
  expect((await post('/v3/oauth/token/generate', { key: 'k', secret: 's' }, {})).status).toBe(503)
})

test('An outage destroys every connection but that of the controls, until it ends', async () => {
  const { register, post, simulator } = await setup()
  await post('/_simulator/outage', { on: true })
  expect(await isLost(register(body))).toBe(true)
  expect(simulator.stats()).toMatchObject({ refusedInOutage: 1, lanes: { register: { arrivals: 0 } } })
  await post('/_simulator/outage', { on: false })
  expect((await register(body)).status).toBe(200)
})

test('An outage swallows the replies of requests under way', async () => {
  const { register, simulator } = await setup({ latencyMs: 100 })
  const lost = isLost(register(body))
  await expect.poll(() => simulator.stats().lanes.register.arrivals).toBe(1)
  simulator.setOutage(true)
  expect(await lost).toBe(true)
  expect(simulator.stats()).toMatchObject({ registrations: 1, replies: { lost: 1 } })
})

test('Equal seeds draw equal faults, at the frequency asked for', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const faults = draw(seed)
      expect(draw(seed)).toEqual(faults)
      const count = (name: FaultName): number => faults.filter((fault) => fault === name).length
      // Five standard deviations and more.
      expect(Math.abs(count('lostAfter') - 500)).toBeLessThan(150)
      expect(Math.abs(count('http502') - 1000)).toBeLessThan(200)
      expect(count('slow')).toBe(0)
    }),
    { numRuns: 20 },
  )
  expect(draw(1)).not.toEqual(draw(2))
})

function draw(seed: number): (FaultName | undefined)[] {
  const source = new FaultSource({ lostAfter: 0.05, http502: 0.1 }, seed)
  return Array.from({ length: 10_000 }, (_, index) => source.draw('link', () => String(index)))
}

test('Faults are read from a line of text', () => {
  expect(parseFaults('lostBefore=0.02, slow=0.01')).toEqual({ lostBefore: 0.02, slow: 0.01 })
  expect(parseFaults('')).toEqual({})
  expect(parseFaults(FAULT_NAMES.map((name) => `${name}=0.025`).join(','))).toHaveProperty('busy521', 0.025)
})

test.each([
  ['lost=0.1', '"lost" is no fault'],
  ['slow=2', 'fault slow: expected a probability'],
  ['slow=', 'fault slow: expected a probability'],
  ['slow', 'fault slow: expected a probability'],
  ['slow=0.6,http502=0.6', 'add up to'],
])('Faults that cannot be are refused: %s', (text, message) => {
  expect(() => parseFaults(text)).toThrow(message)
})
